import { byId } from '../page/element';
import type { FaqAction, FaqAnswer } from './faqSource';

/** One answer: the same sourced sentences and buttons as in the chat. Text stays text, whatever is in it. */
export class AnswerView {
  private readonly place = byId('answer', HTMLElement);
  private readonly title = byId('answer-title', HTMLHeadingElement);
  private readonly body = byId('answer-body', HTMLDivElement);
  private readonly actions = byId('answer-actions', HTMLDivElement);
  private readonly feedback = byId('feedback', HTMLFieldSetElement);
  private readonly thanks = byId('thanks', HTMLParagraphElement);

  show(answer: FaqAnswer): void {
    this.title.textContent = answer.title;
    this.body.replaceChildren(...answer.sentences.map(paragraph));
    this.actions.replaceChildren(...answer.actions.flatMap(linkOf));
    this.feedback.hidden = false;
    this.thanks.textContent = '';
    this.place.hidden = false;
    this.title.focus();
    this.place.scrollTop = 0;
  }

  /** In place of the two buttons. */
  thank(words: string): void {
    this.thanks.textContent = words;
    this.feedback.hidden = true;
    this.title.focus();
  }

  hide(): void {
    this.place.hidden = true;
  }
}

function paragraph(text: string): HTMLParagraphElement {
  const element = document.createElement('p');
  element.textContent = text;
  return element;
}

function linkOf({ kind, label, url, phoneNumber }: FaqAction): HTMLAnchorElement[] {
  const link = document.createElement('a');
  link.textContent = label;
  if (kind === 'call' && phoneNumber !== undefined && /^\d+$/.test(phoneNumber)) {
    link.href = `tel:${phoneNumber}`;
  } else if (url?.startsWith('https://')) {
    link.href = url;
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
  } else {
    return [];
  }
  return [link];
}

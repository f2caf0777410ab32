import { byId } from './element';
import type { PageStrings } from './pageStrings';

export type EndStrings = Pick<
  PageStrings,
  'eraseAsk' | 'eraseMeans' | 'eraseYes' | 'eraseNo' | 'eraseFailed' | 'erased' | 'erasedNext'
>;

/**
 * Ends a conversation for good: asks first, has it erased, says so, and offers a new one. The keyboard is always
 * somewhere: in the question, back on the button, or on the way to a new conversation.
 */
export class ConversationEnd {
  private readonly opener = byId('erase', HTMLButtonElement);
  private readonly dialog = document.createElement('dialog');
  private readonly title = document.createElement('h2');
  private readonly means = document.createElement('p');
  private readonly trouble = document.createElement('p');
  private readonly yes = aButton('danger');
  private readonly no = aButton('secondary');

  /**
   * @param erase throws when the server did not erase it
   * @param onErased may move the keyboard: the question is closed
   */
  constructor(
    private readonly strings: () => EndStrings,
    private readonly erase: () => Promise<void>,
    private readonly onErased: () => void,
  ) {
    this.dialog.className = 'ask';
    this.title.id = 'erase-title';
    this.means.id = 'erase-means';
    this.dialog.setAttribute('aria-labelledby', this.title.id);
    this.dialog.setAttribute('aria-describedby', this.means.id);
    this.trouble.className = 'trouble';
    this.trouble.setAttribute('role', 'alert');
    const answers = document.createElement('div');
    answers.className = 'answers';
    answers.append(this.no, this.yes);
    this.dialog.append(this.title, this.means, this.trouble, answers);
    document.body.append(this.dialog);

    this.opener.addEventListener('click', () => this.ask());
    this.no.addEventListener('click', () => this.dialog.close());
    this.yes.addEventListener('click', () => void this.end());
    // Escape closes the question, not the panel around it.
    this.dialog.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') event.stopPropagation();
    });
  }

  private ask(): void {
    const { eraseAsk, eraseMeans, eraseYes, eraseNo } = this.strings();
    this.title.textContent = eraseAsk;
    this.means.textContent = eraseMeans;
    this.yes.textContent = eraseYes;
    this.no.textContent = eraseNo;
    this.trouble.textContent = '';
    this.yes.disabled = false;
    this.dialog.showModal();
    // The harmless answer is the one that Enter gives by mistake.
    this.no.focus();
  }

  private async end(): Promise<void> {
    this.trouble.textContent = '';
    this.yes.disabled = true;
    try {
      await this.erase();
    } catch {
      this.trouble.textContent = this.strings().eraseFailed;
      this.yes.disabled = false;
      this.yes.focus();
      return;
    }
    this.dialog.close();
    this.onErased();
  }
}

/** In the place of an erased conversation: that it is gone, and the way to a new one. */
export function erasedNote(strings: EndStrings, onNext: () => void): HTMLElement {
  const note = document.createElement('div');
  note.className = 'erased';
  const words = document.createElement('p');
  words.dataset.text = 'erased';
  words.textContent = strings.erased;
  const next = aButton('secondary');
  next.dataset.text = 'erasedNext';
  next.textContent = strings.erasedNext;
  next.addEventListener('click', onNext);
  note.append(words, next);
  return note;
}

function aButton(kind: 'danger' | 'secondary'): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = kind;
  return button;
}

import { AdaptiveCard, HostConfig } from 'adaptivecards';
import { cardTheme } from '../chat/cardTheme';
import { kakaoRoom, made, type SkillResponse } from './kakaoPreviewBubbles';
import { type PreviewStrings, previewStrings } from './kakaoPreviewStrings';
import { kakaoPreviewStyle } from './kakaoPreviewStyle';

interface Renderings {
  readonly card: object;
  readonly text: string;
  readonly kakao: SkillResponse;
}

/** A dialog that shows one reply as a card, as text and as KakaoTalk would, side by side. Made when it is opened. */
export class KakaoPreview {
  private readonly dialog = document.createElement('dialog');
  private readonly select = document.createElement('select');
  private readonly looks = made('div', 'preview-looks');
  private latest = 0;

  /** @param language of the page while the dialog is open */
  constructor(private readonly language: 'ko' | 'en') {
    addStyle();
    const { strings } = this;
    this.dialog.className = 'preview';
    this.dialog.setAttribute('aria-labelledby', 'preview-title');
    const title = made('h2', '', strings.title);
    title.id = 'preview-title';
    const close = made('button', 'quiet', strings.close);
    close.addEventListener('click', () => this.dialog.close());
    const head = made('div', 'preview-head');
    head.append(title, close);
    const label = made('label', '', strings.choose);
    for (const [value, text] of Object.entries(strings.replies)) this.select.append(new Option(text, value));
    label.append(this.select);
    this.select.addEventListener('change', () => void this.show());
    this.dialog.append(head, made('p', 'preview-lead', strings.lead), label, this.looks);
    this.dialog.addEventListener('close', () => this.dialog.remove());
  }

  async open(): Promise<void> {
    document.body.append(this.dialog);
    this.dialog.showModal();
    await this.show();
  }

  private get strings(): PreviewStrings {
    return previewStrings[this.language];
  }

  private async show(): Promise<void> {
    this.latest += 1;
    const { latest, strings } = this;
    const query = new URLSearchParams({ reply: this.select.value, lang: this.language });
    const renderings = await fetchRenderings(query);
    // Somebody has chosen another one meanwhile.
    if (latest !== this.latest) return;
    if (renderings === undefined) {
      this.looks.replaceChildren(made('p', '', strings.unavailable));
      return;
    }
    const { card, text, kakao } = renderings;
    const json = document.createElement('details');
    json.className = 'preview-json';
    const code = made('pre', '', JSON.stringify(kakao, null, 2));
    code.tabIndex = 0;
    json.append(made('summary', '', strings.kakaoJson), code);
    this.looks.replaceChildren(
      look(strings.kakao, kakaoRoom(kakao, strings), json),
      look(strings.card, drawnCard(card)),
      look(strings.text, made('p', 'preview-text', text)),
    );
  }
}

async function fetchRenderings(query: URLSearchParams): Promise<Renderings | undefined> {
  try {
    const response = await fetch(`/demo/renderings?${query}`);
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

function look(title: string, ...content: HTMLElement[]): HTMLElement {
  const section = made('section', 'preview-look');
  section.append(made('h3', '', title), ...content);
  return section;
}

function drawnCard(json: object): HTMLElement {
  // Web Chat shares this switch; what it set stays.
  AdaptiveCard.onProcessMarkdown ??= (text, result) => {
    const plain = made('p', '', text.replace(/\\([\\[\]*_])/g, '$1'));
    result.outputHtml = plain.outerHTML;
    result.didProcess = true;
  };
  const card = new AdaptiveCard();
  card.hostConfig = new HostConfig({ ...cardTheme, textBlock: { headingLevel: 4 } });
  card.onExecuteAction = (action) => {
    const { url } = Object(action);
    if (typeof url === 'string') window.open(url, '_blank', 'noopener,noreferrer');
  };
  card.parse(json);
  const frame = made('div', 'preview-card');
  const rendered = card.render();
  if (rendered !== undefined) frame.append(rendered);
  // The renderer leaves out an empty alternative, which is what makes a picture decorative.
  for (const image of frame.querySelectorAll('img:not([alt])')) image.setAttribute('alt', '');
  return frame;
}

let styled = false;

function addStyle(): void {
  if (styled) return;
  styled = true;
  // Through the CSSOM, which the page's policy allows.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(kakaoPreviewStyle);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

import { loaderStyle } from './loaderStyle';

/*
 * `<script src="https://…/widget.js" data-lang="ko" defer></script>` puts a button on somebody's help page. It opens
 * our panel in a frame of our own origin: the page can neither read what is said there nor change how it looks.
 * Nothing but the button is loaded before it is pressed. No inline script or style, no eval, no global name.
 */

const tag = 'bill-guide';
const openKey = 'billGuide.open';
const words = {
  ko: { launch: '요금이 궁금하세요?', title: '요금길잡이' },
  en: { launch: 'Questions about your bill?', title: 'Bill Guide' },
} as const;

const script = document.currentScript;

function start(source: HTMLScriptElement): void {
  // Included twice: one button is enough.
  if (document.querySelector(tag) !== null) return;
  const { origin } = new URL(source.src);
  const asked = source.dataset.lang ?? document.documentElement.lang;
  const language = asked.startsWith('en') ? 'en' : 'ko';
  const { launch, title } = words[language];

  const host = document.createElement(tag);
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(loaderStyle);
  root.adoptedStyleSheets = [sheet];

  const button = document.createElement('button');
  button.type = 'button';
  button.lang = language;
  button.setAttribute('aria-haspopup', 'dialog');
  button.setAttribute('aria-expanded', 'false');
  button.append(icon(), launch);
  root.append(button);

  let frame: HTMLIFrameElement | undefined;

  const open = (focus: boolean) => {
    const known = frame;
    if (frame === undefined) {
      frame = document.createElement('iframe');
      frame.title = title;
      frame.lang = language;
      const address = new URL('/widget/panel.html', origin);
      address.search = new URLSearchParams({ lang: language, host: location.origin }).toString();
      frame.src = address.href;
      frame.allow = 'clipboard-write';
      if (focus) frame.addEventListener('load', () => frame?.focus());
      root.append(frame);
    }
    frame.hidden = false;
    button.hidden = true;
    button.setAttribute('aria-expanded', 'true');
    remember('1');
    if (focus) frame.focus();
    if (focus && known !== undefined) known.contentWindow?.postMessage({ billGuide: 'opened' }, origin);
  };

  const close = () => {
    if (frame === undefined || frame.hidden) return;
    frame.hidden = true;
    button.hidden = false;
    button.setAttribute('aria-expanded', 'false');
    remember('');
    button.focus();
  };

  button.addEventListener('click', () => open(true));
  addEventListener('message', (event: MessageEvent<unknown>) => {
    if (frame === undefined || event.source !== frame.contentWindow || event.origin !== origin) return;
    if (Object(event.data).billGuide === 'close') close();
  });
  document.body.append(host);
  // Somebody who went on to another page of the site finds the panel as they left it.
  if (remembered() === '1') open(false);
}

/** A page may forbid storage; then the panel is closed on the next page. */
function remember(open: '1' | ''): void {
  try {
    sessionStorage.setItem(openKey, open);
  } catch {
    return;
  }
}

function remembered(): string | null {
  try {
    return sessionStorage.getItem(openKey);
  } catch {
    return null;
  }
}

function icon(): SVGElement {
  const name = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(name, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(name, 'path');
  path.setAttribute('d', 'M4 5h16v11H9l-5 4zM8.5 9h7M8.5 12.5h4');
  svg.append(path);
  return svg;
}

if (script instanceof HTMLScriptElement) {
  if (document.body === null) addEventListener('DOMContentLoaded', () => start(script));
  else start(script);
}

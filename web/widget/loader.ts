import { loaderStyle } from './loaderStyle';

/*
 * `<script src="https://…/widget.js" data-lang="ko" defer></script>` puts a button on somebody's help page. It opens
 * our panel in a frame of our own origin: the page can neither read what is said there nor change how it looks.
 * Nothing but the button is loaded before it is pressed. No inline script or style, no eval, no global name.
 */

const tag = 'bill-guide';
const openKey = 'billGuide.open';
const words = {
  ko: {
    launch: '요금이 궁금하세요?',
    title: '요금길잡이',
    opening: '여는 중이에요',
    failed: '지금은 열리지 않아요. 잠시 뒤에 다시 눌러 주세요.',
  },
  en: {
    launch: 'Questions about your bill?',
    title: 'Bill Guide',
    opening: 'Opening',
    failed: 'It does not open right now. Please press again in a moment.',
  },
} as const;
/** The panel speaks before its frame has loaded: silence after that is the browser's own error page. */
const silenceMs = 2_000;
/** A line that has brought nothing by then brings nothing. */
const patienceMs = 20_000;

// A module script has no `currentScript`: then it is the one that bears our name.
const script =
  document.currentScript ??
  document.querySelector('script[src*="/widget.js"],script[src*="/widget/loader-"]');

function start(source: HTMLScriptElement): void {
  // Included twice: one button is enough.
  if (document.querySelector(tag) !== null) return;
  const { origin } = new URL(source.src);
  const asked = source.dataset.lang ?? document.documentElement.lang;
  const language = asked.toLowerCase().startsWith('en') ? 'en' : 'ko';
  const { launch, title, opening, failed } = words[language];

  const host = document.createElement(tag);
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(loaderStyle);
  root.adoptedStyleSheets = [sheet];

  const button = document.createElement('button');
  const label = document.createElement('span');
  button.type = 'button';
  button.lang = language;
  button.setAttribute('aria-expanded', 'false');
  button.append(icon(), label);
  // What changes inside a button is not read out: it is said beside it.
  const notice = document.createElement('p');
  notice.lang = language;
  notice.setAttribute('role', 'status');
  root.append(button, notice);
  const say = (text: string) => {
    label.textContent = text;
    notice.textContent = text === launch ? '' : text;
  };
  say(launch);

  let frame: HTMLIFrameElement | undefined;
  let ready = false;
  let wanted: 'with focus' | 'quietly' | undefined;
  let timer: number | undefined;

  const load = () => {
    frame = document.createElement('iframe');
    frame.title = title;
    frame.lang = language;
    frame.hidden = true;
    const address = new URL('/widget/panel.html', origin);
    address.search = new URLSearchParams({ lang: language, host: location.origin }).toString();
    frame.src = address.href;
    frame.allow = 'clipboard-write';
    frame.addEventListener('load', () => failIn(silenceMs));
    root.append(frame);
    failIn(patienceMs);
  };

  /** Instead of an error page that cannot be closed. */
  const failIn = (ms: number) => {
    clearTimeout(timer);
    if (ready) return;
    timer = window.setTimeout(() => {
      frame?.remove();
      frame = undefined;
      say(wanted === 'with focus' ? failed : launch);
      wanted = undefined;
    }, ms);
  };

  const open = (how: 'with focus' | 'quietly') => {
    wanted = how;
    if (frame === undefined) load();
    if (ready) show();
    else if (how === 'with focus') say(opening);
  };

  const show = () => {
    if (frame === undefined || wanted === undefined) return;
    frame.hidden = false;
    button.hidden = true;
    say(launch);
    button.setAttribute('aria-expanded', 'true');
    remember('1');
    if (wanted === 'with focus') {
      frame.focus();
      frame.contentWindow?.postMessage({ billGuide: 'opened' }, origin);
    }
    wanted = undefined;
  };

  const close = () => {
    frame?.contentWindow?.postMessage({ billGuide: 'closed' }, origin);
    if (frame === undefined || frame.hidden) return;
    frame.hidden = true;
    button.hidden = false;
    button.setAttribute('aria-expanded', 'false');
    remember('');
    button.focus();
  };

  button.addEventListener('click', () => open('with focus'));
  // Pressed before the keyboard has gone over into the panel, which takes Escape from then on.
  host.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    wanted = undefined;
    say(launch);
    close();
  });
  // A closed panel that is only now done with taking the keyboard gives it back.
  addEventListener('blur', () => {
    if (frame?.hidden && root.activeElement === frame) button.focus();
  });
  addEventListener('message', (event: MessageEvent<unknown>) => {
    if (frame === undefined || event.source !== frame.contentWindow || event.origin !== origin) return;
    const { billGuide } = Object(event.data);
    if (billGuide === 'close') close();
    if (billGuide !== 'ready') return;
    ready = true;
    clearTimeout(timer);
    show();
  });

  const place = () => {
    document.body.append(host);
    // Above whatever the page clips, turns or covers; older browsers have the highest z-index instead.
    host.popover = 'manual';
    host.showPopover?.();
  };
  place();
  // Pages that change without being loaded (Turbo and the like) put a new body under us.
  new MutationObserver(() => {
    if (!host.isConnected && document.querySelector(tag) === null) place();
  }).observe(document.documentElement, { childList: true });
  // Somebody who went on to another page of the site finds the panel as they left it.
  if (remembered() === '1') open('quietly');
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

if (script instanceof HTMLScriptElement && script.src !== '') {
  if (document.body === null) addEventListener('DOMContentLoaded', () => start(script));
  else start(script);
}

/** What `POST /identity/begin` answers. */
interface Begun {
  readonly kind: string;
  readonly returnUrl: string;
  readonly [name: string]: unknown;
}

type Words = 'opening' | 'stopped' | 'trouble' | 'gone';

const sdk = 'https://cdn.portone.io/v2/browser-sdk.js';
const token = document.body.dataset.token ?? '';
const says = document.getElementById('says');

function say(words: Words): void {
  if (says !== null) says.textContent = says.dataset[words] ?? '';
}

async function post(path: string, body: object): Promise<unknown> {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (response.status === 410) {
    say('gone');
    return undefined;
  }
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

function isBegun(value: unknown): value is Begun {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    typeof value.kind === 'string' &&
    'returnUrl' in value &&
    typeof value.returnUrl === 'string'
  );
}

function loadSdk(): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = sdk;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error('the SDK did not load'));
    document.head.append(script);
  });
}

/** On phones the SDK leaves the page for `redirectUrl`; elsewhere it opens a window and tells how that ended. */
async function openPortOne({ kind: _, returnUrl, ...request }: Begun): Promise<void> {
  if (Reflect.get(window, 'PortOne') === undefined) await loadSdk();
  const portOne: unknown = Reflect.get(window, 'PortOne');
  const ask: unknown = Reflect.get(Object(portOne), 'requestIdentityVerification');
  if (typeof ask !== 'function') throw new Error('the SDK is not there');
  const result: unknown = await Reflect.apply(ask, portOne, [request]);
  // Nothing comes back when the page is left; a code says that the window was closed or refused.
  if (result === undefined || result === null) return;
  if (Reflect.get(Object(result), 'code') !== undefined) return say('stopped');
  location.assign(returnUrl);
}

/** Once begun, another press opens the same window again: the link itself works only once. */
let begun: Begun | undefined;

async function begin(): Promise<void> {
  say('opening');
  if (begun === undefined) {
    const answer = await post('/identity/begin', { token });
    if (!isBegun(answer)) return;
    begun = answer;
  }
  if (begun.kind === 'portone') return openPortOne(begun);
  if (typeof begun.demoUrl === 'string') location.assign(begun.demoUrl);
}

async function play(outcome: string): Promise<void> {
  const answer = await post('/identity/demo', { token, outcome });
  const returnUrl: unknown = Reflect.get(Object(answer), 'returnUrl');
  if (typeof returnUrl === 'string') location.assign(returnUrl);
}

/** One press at a time; a failure leaves the button usable. */
function onPress(button: HTMLButtonElement, act: () => Promise<void>): void {
  button.addEventListener('click', () => {
    if (button.getAttribute('aria-disabled') === 'true') return;
    button.setAttribute('aria-disabled', 'true');
    act()
      .catch(() => say('trouble'))
      .finally(() => button.removeAttribute('aria-disabled'));
  });
}

for (const button of document.querySelectorAll<HTMLButtonElement>('#begin')) onPress(button, begin);
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-outcome]'))
  onPress(button, () => play(button.dataset.outcome ?? ''));

/** What keyboards and password managers should know about the fields of our cards; cards cannot say it. */
const fieldHints: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  code: { autocomplete: 'one-time-code', inputmode: 'numeric' },
  phone: { autocomplete: 'tel', inputmode: 'tel' },
};

/**
 * Adds to every card inside `root`, now and later, what the card renderer leaves out: hints on the fields, and
 * the empty `alt` of decorative icons (`adaptivecards` drops an empty altText), and Enter.
 * @returns stops watching
 */
export function completeCards(root: HTMLElement): () => void {
  const watcher = new MutationObserver(() => {
    for (const [id, hints] of Object.entries(fieldHints)) {
      for (const input of root.querySelectorAll<HTMLInputElement>(`[id="${id}"] input`)) {
        if (input.autocomplete === hints.autocomplete) continue;
        for (const [name, value] of Object.entries(hints)) input.setAttribute(name, value);
      }
    }
    for (const icon of root.querySelectorAll('img.ac-image:not([alt])')) icon.setAttribute('alt', '');
  });
  watcher.observe(root, { childList: true, subtree: true });
  root.addEventListener('keydown', sendOnEnter);
  return () => {
    watcher.disconnect();
    root.removeEventListener('keydown', sendOnEnter);
  };
}

/** Enter in a field of one line sends the card, as it would a form. */
function sendOnEnter(event: KeyboardEvent): void {
  const field = event.target;
  if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229 || event.repeat) return;
  if (!(field instanceof HTMLInputElement) || !field.matches('.ac-input')) return;
  const card = field.closest('.ac-adaptiveCard');
  const button =
    card?.querySelector<HTMLElement>('.ac-pushButton.style-positive') ??
    card?.querySelector<HTMLElement>('.ac-pushButton');
  event.preventDefault();
  button?.click();
}

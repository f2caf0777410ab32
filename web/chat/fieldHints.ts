/** What keyboards and password managers should know about the fields of our cards; cards cannot say it. */
const hints: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  code: { autocomplete: 'one-time-code', inputmode: 'numeric' },
  phone: { autocomplete: 'tel', inputmode: 'tel' },
};

/**
 * Adds the hints to every field that a card draws inside `root`, now and later.
 * @returns stops watching
 */
export function hintFields(root: HTMLElement): () => void {
  const watcher = new MutationObserver(() => {
    for (const [id, attributes] of Object.entries(hints)) {
      for (const input of root.querySelectorAll<HTMLInputElement>(`input[id="${id}"], [id="${id}"] input`)) {
        if (input.autocomplete === attributes.autocomplete) continue;
        for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
      }
    }
  });
  watcher.observe(root, { childList: true, subtree: true });
  return () => watcher.disconnect();
}

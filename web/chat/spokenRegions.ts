/**
 * Mends what Web Chat 4.18 has screen readers say. Its quick replies stand in two live regions, the log and their own
 * toolbar, and are read out twice: the log is enough. People at the desk are not the assistant. And the log's text names no language, so that after a change of
 * the page's language it is read with the wrong voice (WCAG 2.2 SC 3.1.2).
 * @returns stops watching
 */
export function mendSpokenRegions(root: HTMLElement): () => void {
  const watcher = new MutationObserver(() => {
    for (const toolbar of root.querySelectorAll('[role="toolbar"][aria-live]'))
      toolbar.removeAttribute('aria-live');
    // Web Chat takes every answer for the assistant's; an agent's has the name of its own above it.
    for (const label of root.querySelectorAll<HTMLElement>('.by-agent [role="group"] > :first-child'))
      label.hidden = true;
    const said = '.webchat__live-region-activity:not([lang]), .webchat__live-region-activity > :not([lang])';
    for (const element of root.querySelectorAll<HTMLElement>(said)) {
      const lang = writtenIn(element.textContent ?? '');
      if (lang !== undefined) element.lang = lang;
    }
  });
  watcher.observe(root, { childList: true, subtree: true });
  return () => watcher.disconnect();
}

/** One Korean letter is enough: KT's English names stand in Korean sentences, not the other way round. */
function writtenIn(text: string): 'ko' | 'en' | undefined {
  if (/\p{Script=Hangul}/u.test(text)) return 'ko';
  return /[a-z]/i.test(text) ? 'en' : undefined;
}

import { useEffect } from 'react';
import type { DeskState } from './deskState';
import { useWords, wordFor } from './language';

/**
 * Counts what waits in the tab's title, and, when it is wanted and the tab is not in sight, shows the browser's own
 * notification. Others see screens too: it never holds what a customer wrote.
 */
export function useDesktopNotices(state: DeskState, wanted: boolean): void {
  const words = useWords();
  const unread = Object.values(state.cases).reduce((sum, one) => sum + one.unread, 0);
  const count = unread + state.waiting.length;
  useEffect(() => {
    document.title = `${count > 0 ? `(${count}) ` : ''}${words.title} · ${words.product}`;
  }, [count, words]);

  const { notice } = state;
  useEffect(() => {
    if (!wanted || notice === undefined || !document.hidden || !('Notification' in window)) return;
    if (Notification.permission !== 'granted') return;
    const text =
      notice.kind === 'newWaiting'
        ? words.notices.newWaiting(wordFor(words.reasons, notice.reason))
        : notice.kind === 'said'
          ? words.notices.newMessage
          : notice.kind === 'received'
            ? words.notices.received
            : undefined;
    if (text === undefined) return;
    const shown = new Notification(words.title, { body: text, tag: `billGuide.${notice.kind}` });
    shown.addEventListener('click', () => {
      window.focus();
      shown.close();
    });
  }, [notice, wanted, words]);
}

import { useEffect, useRef } from 'react';

/** What a single key does; the letter is where a Latin keyboard has it. */
export const shortcutKeys = {
  j: 'next',
  k: 'previous',
  c: 'claim',
  r: 'reply',
  '/': 'answers',
  n: 'note',
  t: 'transfer',
  b: 'giveBack',
  e: 'resolve',
  '?': 'help',
} as const;

export type Shortcut = (typeof shortcutKeys)[keyof typeof shortcutKeys];

/** Listens for single keys outside of fields and dialogs, while they are switched on (WCAG 2.1.4). */
export function useShortcuts(on: boolean, act: (shortcut: Shortcut) => void): void {
  const newest = useRef(act);
  newest.current = act;
  useEffect(() => {
    if (!on) return;
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isBusy(event.target)) return;
      const shortcut = Object.entries(shortcutKeys).find(([key]) => key === keyOf(event))?.[1];
      if (shortcut === undefined) return;
      event.preventDefault();
      newest.current(shortcut);
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [on]);
}

/** With the Korean input method on, the key that says C gives ㅊ; the place of the key tells. */
function keyOf({ key, code, shiftKey }: KeyboardEvent): string {
  if (/^[a-z/?]$/i.test(key)) return key.toLowerCase();
  if (code === 'Slash') return shiftKey ? '?' : '/';
  return /^Key[A-Z]$/.test(code) ? code.slice(3).toLowerCase() : '';
}

function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]') !== null) return true;
  return (
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  );
}

import { useState } from 'react';
import { browserStorage } from '../page/storage';

/** A choice of this browser that is on or off. */
export function usePreference(name: string, whenUnset: boolean): [boolean, (on: boolean) => void] {
  const key = `billGuide.desk.${name}`;
  const [on, setOn] = useState(() => {
    const kept = browserStorage.get(key);
    return kept === null ? whenUnset : kept === 'on';
  });
  const choose = (next: boolean) => {
    browserStorage.set(key, next ? 'on' : 'off');
    setOn(next);
  };
  return [on, choose];
}

import type { TurnStore } from '../../services/turn/turnStore';

/** Told of each call of a store: the method's name, how long it took, whether it failed. */
export type OnStoreCall = (call: string, ms: number, failed: boolean) => void;

/** The same store, whose calls are counted and timed. Its promises are handed on as they are. */
export function observedStore(store: TurnStore, onCall: OnStoreCall): TurnStore {
  const observed = new Map<PropertyKey, (...args: unknown[]) => unknown>();
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      const known = observed.get(name);
      if (known !== undefined) return known;
      const timed = (...args: unknown[]): unknown => {
        const startedAt = performance.now();
        const result: unknown = Reflect.apply(value, target, args);
        if (result instanceof Promise) {
          const note = (failed: boolean) => onCall(String(name), performance.now() - startedAt, failed);
          result.then(
            () => note(false),
            () => note(true),
          );
        }
        return result;
      };
      observed.set(name, timed);
      return timed;
    },
  });
}

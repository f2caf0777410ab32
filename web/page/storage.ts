/**
 * The browser's storage where there is one. In a frame of another site it may be denied; then things are remembered
 * until the document goes, and everything else works the same.
 */
class SafeStorage {
  private readonly memory = new Map<string, string>();

  constructor(private readonly name: 'localStorage' | 'sessionStorage') {}

  get(key: string): string | null {
    try {
      return this.memory.get(key) ?? window[this.name].getItem(key);
    } catch {
      return null;
    }
  }

  set(key: string, value: string): void {
    try {
      window[this.name].setItem(key, value);
      this.memory.delete(key);
    } catch {
      this.memory.set(key, value);
    }
  }

  remove(key: string): void {
    this.memory.delete(key);
    try {
      window[this.name].removeItem(key);
    } catch {
      return;
    }
  }
}

/** For this tab. */
export const tabStorage = new SafeStorage('sessionStorage');
/** For this browser. */
export const browserStorage = new SafeStorage('localStorage');

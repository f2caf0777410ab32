/**
 * The page that shows us in a frame. Only what says nothing about anybody goes there ("I am here", "close me"), and
 * only to the origin that the loader named, which `frame-ancestors` has let in. Messages of any other window are not read.
 */
export class HostPage {
  private readonly origin = originOf(new URLSearchParams(location.search).get('host'));
  /** An 'opened' that comes after we asked to be closed is from before: it must not take the keyboard along again. */
  private closing = false;

  /** @param onOpened the panel was opened by a press: the keyboard comes along */
  constructor(onOpened: () => void) {
    addEventListener('message', (event: MessageEvent<unknown>) => {
      if (event.source !== parent || parent === window || event.origin !== this.origin) return;
      const { billGuide } = Object(event.data);
      if (billGuide === 'closed') this.closing = false;
      if (billGuide === 'opened' && !this.closing) onOpened();
    });
  }

  /** Tells the page that there is something to show: until then it has its button instead. */
  ready(): void {
    this.tell('ready');
  }

  /** Asks the page to close the panel. */
  close(): void {
    this.closing = parent !== window;
    this.tell('close');
  }

  /** Alone in a tab there is nobody to tell. */
  private tell(billGuide: 'ready' | 'close'): void {
    if (parent !== window && this.origin !== undefined) parent.postMessage({ billGuide }, this.origin);
  }
}

function originOf(text: string | null): string | undefined {
  if (text === null || !URL.canParse(text)) return undefined;
  const { origin, protocol } = new URL(text);
  return protocol === 'https:' || protocol === 'http:' ? origin : undefined;
}

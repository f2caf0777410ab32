const transcript = '.webchat__basic-transcript__scrollable';
/** Pixels that count as "at the end"; zoomed pages have fractions. */
const tolerancePx = 8;

/**
 * Keeps the newest message in view where Web Chat loses it: it takes a change of the window's size (a phone's
 * keyboard, turning the phone, zoom) for the customer's wish to read further up, and stays there for good.
 */
export class TranscriptEnd {
  private atEnd = true;

  constructor(private readonly root: HTMLElement) {
    // Scroll events do not bubble, but they can be caught on their way down.
    root.addEventListener('scroll', this.onScroll, { capture: true, passive: true });
    window.addEventListener('resize', this.onResize);
  }

  /** Shows the end once the page is drawn: after the customer's own message, say. */
  show(): void {
    requestAnimationFrame(() => {
      const element = this.root.querySelector(transcript);
      if (element !== null) element.scrollTop = element.scrollHeight;
    });
  }

  stop(): void {
    this.root.removeEventListener('scroll', this.onScroll, { capture: true });
    window.removeEventListener('resize', this.onResize);
  }

  private readonly onScroll = ({ target }: Event): void => {
    if (!(target instanceof HTMLElement) || !target.matches(transcript)) return;
    this.atEnd = target.scrollHeight - target.clientHeight - target.scrollTop < tolerancePx;
  };

  private readonly onResize = (): void => {
    if (this.atEnd) this.show();
  };
}

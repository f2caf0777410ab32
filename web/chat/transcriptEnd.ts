const transcript = '.webchat__basic-transcript__scrollable';
/** Pixels that count as "at the end"; zoomed pages have fractions. */
const tolerancePx = 8;
/** What a customer does to read further up: everything else that scrolls is Web Chat or the browser. */
const gestures = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;

/**
 * Keeps the newest message in view where Web Chat loses it. It takes a change of the window's size (a phone's
 * keyboard, turning the phone, zoom) for the customer's wish to read further up and stays there for good; and who
 * read further up and then says something wants to see the answer, however long a slow phone takes to draw it.
 */
export class TranscriptEnd {
  private following = true;
  private byHand = false;
  private frame: number | undefined;
  private readonly drawn = new MutationObserver(() => this.follow());

  constructor(private readonly root: HTMLElement) {
    for (const gesture of gestures)
      root.addEventListener(gesture, this.onGesture, { capture: true, passive: true });
    // Scroll events do not bubble, but they can be caught on their way down.
    root.addEventListener('scroll', this.onScroll, { capture: true, passive: true });
    window.addEventListener('resize', this.follow);
    this.drawn.observe(root, { childList: true, subtree: true });
  }

  /** Goes to the end and stays there until the customer scrolls away: after their own message, say. */
  show(): void {
    this.byHand = false;
    this.following = true;
    this.follow();
  }

  stop(): void {
    this.drawn.disconnect();
    for (const gesture of gestures) this.root.removeEventListener(gesture, this.onGesture, { capture: true });
    this.root.removeEventListener('scroll', this.onScroll, { capture: true });
    window.removeEventListener('resize', this.follow);
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
  }

  private readonly onGesture = ({ target }: Event): void => {
    if (target instanceof Element && target.closest(transcript) !== null) this.byHand = true;
  };

  private readonly onScroll = ({ target }: Event): void => {
    if (!this.byHand || !(target instanceof HTMLElement) || !target.matches(transcript)) return;
    this.following = target.scrollHeight - target.clientHeight - target.scrollTop < tolerancePx;
  };

  private readonly follow = (): void => {
    if (!this.following || this.frame !== undefined) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = undefined;
      const element = this.root.querySelector(transcript);
      if (this.following && element !== null) element.scrollTop = element.scrollHeight;
    });
  };
}

import { byId } from './element';
import type { LanguageChoice } from './language';

/** On narrow screens the phone is a sheet over the chat, opened by a button that counts new messages. */
export class HandsetSheet {
  private readonly panel = byId('handset', HTMLElement);
  private readonly opener = byId('sheet-open', HTMLButtonElement);
  private readonly badge = byId('badge', HTMLSpanElement);
  private readonly behind = [byId('top', HTMLElement), byId('talk', HTMLElement)];
  private readonly narrow = matchMedia('(max-width: 820px)');
  private unseen = 0;
  private open = false;

  constructor(private readonly choice: LanguageChoice) {
    this.opener.addEventListener('click', () => this.setOpen(true));
    byId('sheet-close', HTMLButtonElement).addEventListener('click', () => this.close());
    this.panel.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.open) this.close();
    });
    this.narrow.addEventListener('change', () => this.setOpen(false));
    choice.onChange(() => this.showBadge());
    this.setOpen(false);
  }

  /** New messages came; they count until somebody looks. */
  count(fresh: number): void {
    if (this.open || !this.narrow.matches) return;
    this.unseen += fresh;
    this.showBadge();
  }

  /** Gives the chat back, with the keyboard where it was opened. */
  close(): void {
    if (!this.open) return;
    this.setOpen(false);
    this.opener.focus();
  }

  private setOpen(open: boolean): void {
    this.open = open && this.narrow.matches;
    this.panel.classList.toggle('open', this.open);
    this.opener.setAttribute('aria-expanded', String(this.open));
    for (const element of this.behind) element.inert = this.open;
    if (this.open) {
      this.unseen = 0;
      this.showBadge();
      this.panel.setAttribute('role', 'dialog');
      this.panel.setAttribute('aria-modal', 'true');
      byId('sheet-close', HTMLButtonElement).focus();
    } else {
      this.panel.removeAttribute('role');
      this.panel.removeAttribute('aria-modal');
    }
  }

  private showBadge(): void {
    this.badge.hidden = this.unseen === 0;
    this.badge.textContent = this.unseen === 0 ? '' : String(this.unseen);
    const { strings } = this.choice;
    const label = strings.sheetOpen;
    this.opener.setAttribute(
      'aria-label',
      this.unseen === 0 ? label : `${label}, ${strings.newMessages(this.unseen)}`,
    );
  }
}

import { ChatPanel } from './chatPanel';
import { DemoClock } from './demoClock';
import { byId } from './element';
import { Handset } from './handset';
import { HandsetSheet } from './handsetSheet';
import { LanguageChoice } from './language';

const choice = new LanguageChoice();
const chat = new ChatPanel(choice);
const sheet = new HandsetSheet(choice);
const clock = new DemoClock(choice);
const handset = new Handset({
  choice,
  clock,
  typeIntoChat: (text) => {
    sheet.close();
    chat.type(text);
  },
  onFresh: (count) => sheet.count(count),
});
clock.start((text) => handset.announce(text));
byId('preview-open', HTMLButtonElement).addEventListener('click', async () => {
  const { KakaoPreview } = await import('./kakaoPreview');
  await new KakaoPreview(choice.language).open();
});

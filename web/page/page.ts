import { ChatPanel } from './chatPanel';
import { byId } from './element';
import { Handset } from './handset';
import { HandsetSheet } from './handsetSheet';
import { LanguageChoice } from './language';

const choice = new LanguageChoice();
const chat = new ChatPanel(choice);
const sheet = new HandsetSheet(choice);
new Handset({
  choice,
  typeIntoChat: (text) => {
    sheet.close();
    chat.type(text);
  },
  onFresh: (count) => sheet.count(count),
});
byId('preview-open', HTMLButtonElement).addEventListener('click', async () => {
  const { KakaoPreview } = await import('./kakaoPreview');
  await new KakaoPreview(choice.language).open();
});

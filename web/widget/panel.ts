import { ChatPanel } from '../page/chatPanel';
import { byId } from '../page/element';
import { tabStorage } from '../page/storage';
import { AnswerView } from './answerView';
import type { FaqQuestion } from './faqSource';
import { HelpSearch } from './helpSearch';
import { HostPage } from './hostPage';
import { Outcomes } from './outcomes';
import { widgetStrings } from './widgetStrings';

const language = new URLSearchParams(location.search).get('lang') === 'en' ? 'en' : 'ko';
const s = widgetStrings[language];
const inChatKey = 'billGuide.inChat';

fillWords();
const panel = byId('panel', HTMLDivElement);
const answer = new AnswerView();
const outcomes = new Outcomes(language);
const host = new HostPage(() => focusWhatIsShown());
const search = new HelpSearch(language, s, choose);
let chat: ChatPanel | undefined;

byId('close', HTMLButtonElement).addEventListener('click', close);
byId('back', HTMLButtonElement).addEventListener('click', () => {
  outcomes.leave();
  show('search');
});
byId('solved', HTMLButtonElement).addEventListener('click', () => {
  outcomes.ended('solved');
  answer.thank(s.glad);
});
byId('not-solved', HTMLButtonElement).addEventListener('click', () => {
  outcomes.ended('notSolved');
  answer.thank(s.sorry);
});
byId('to-chat', HTMLButtonElement).addEventListener('click', () => {
  const asked = panel.dataset.shown === 'answer' ? (panel.dataset.question ?? '') : search.text;
  openChat(asked, 'chat');
});
byId('to-person', HTMLButtonElement).addEventListener('click', () => openChat(s.personQuestion, 'person'));
byId('to-help', HTMLButtonElement).addEventListener('click', () => show('search'));
byId('ways-on', HTMLElement).addEventListener(
  'click',
  (event) => {
    // Who double-clicks the page's button has not asked for what came up under the pointer.
    if (event.detail > 1) event.stopPropagation();
  },
  { capture: true },
);
addEventListener('keydown', (event) => {
  // 229: an older Safari ends the composition before the key that ended it arrives.
  if (event.key === 'Escape' && !event.isComposing && event.keyCode !== 229) close();
});

// The page was changed or loaded again in the middle of a chat: the chat goes on.
if (tabStorage.get(inChatKey) === '1') openChat('', undefined);
host.ready();

function choose(question: FaqQuestion): void {
  if (question.kind !== 'answer' || question.answer === undefined) {
    openChat(question.question, question.kind === 'person' ? 'person' : 'chat');
    return;
  }
  panel.dataset.question = search.text || question.question;
  outcomes.opened(question.topic);
  show('answer');
  answer.show(question.answer);
}

/** @param text what the customer asked, said in the chat for them; nothing when it is empty */
function openChat(text: string, outcome: 'chat' | 'person' | undefined): void {
  if (outcome !== undefined) outcomes.ended(outcome);
  tabStorage.set(inChatKey, '1');
  show('chat');
  chat ??= new ChatPanel({ locale: language === 'ko' ? 'ko-KR' : 'en-US', strings: s, onChange: () => {} });
  if (text !== '') chat.say(text);
  if (outcome !== undefined) chat.focus();
}

function show(what: 'search' | 'answer' | 'chat'): void {
  panel.dataset.shown = what;
  if (what !== 'chat') tabStorage.remove(inChatKey);
  if (what !== 'answer') answer.hide();
  byId('search', HTMLElement).hidden = what !== 'search';
  byId('talk', HTMLElement).hidden = what !== 'chat';
  byId('ways-on', HTMLElement).hidden = what === 'chat';
  byId('to-help', HTMLButtonElement).hidden = what !== 'chat';
  if (what === 'search') search.focus();
}

function focusWhatIsShown(): void {
  if (panel.dataset.shown === 'search') search.focus();
  else if (panel.dataset.shown === 'chat') chat?.focus();
  else byId('answer-title', HTMLHeadingElement).focus();
}

function close(): void {
  outcomes.leave();
  host.close();
}

function fillWords(): void {
  document.documentElement.lang = language;
  document.title = s.name;
  const words = new Map(Object.entries(s));
  const wordOf = (name: string | undefined) => {
    const word = words.get(name ?? '');
    return typeof word === 'string' ? word : '';
  };
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]'))
    element.textContent = wordOf(element.dataset.text);
  for (const element of document.querySelectorAll<HTMLElement>('[data-label]'))
    element.setAttribute('aria-label', wordOf(element.dataset.label));
  byId('ask', HTMLInputElement).placeholder = s.placeholder;
}

import type { ReplyAction } from '../reply';
import { type KakaoButton, type KakaoQuickReply, kakaoLimits } from './kakaoShapes';
import { dialled } from './plainText';
import { shortened } from './splitText';

/** An action as a button; undefined where KakaoTalk has none for it, such as an address that is no web page. */
export function kakaoButton(action: ReplyAction): KakaoButton | undefined {
  const label = shortened(action.label, kakaoLimits.label);
  if (label === '') return undefined;
  switch (action.kind) {
    case 'open':
      return /^https?:\/\//.test(action.url)
        ? { label, action: 'webLink', webLinkUrl: action.url }
        : undefined;
    case 'call':
      return { label, action: 'phone', phoneNumber: dialled(action.phoneNumber) };
    case 'say':
      return action.text.trim() === '' ? undefined : messageButton(action.label, action.text);
    case 'do':
      return { ...messageButton(action.label, action.label), extra: action.value };
  }
}

/** Says `text` in the customer's name. */
export function messageButton(label: string, text: string): KakaoQuickReply {
  return {
    label: shortened(label, kakaoLimits.label),
    action: 'message',
    messageText: shortened(text, kakaoLimits.simpleText),
  };
}

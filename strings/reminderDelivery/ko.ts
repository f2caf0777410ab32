/** How reminders reach somebody outside the chat. The message itself comes from `reminders.messages`. */
export const reminderDelivery = {
  /** Who writes, and the way out. A reply to a text message reaches nobody, so it says where to stop instead. */
  sms: (message: string) =>
    `${message}\n- 요금길잡이. 그만 받으려면 채팅에서 '그만 알려줘' (이 문자에 답장해도 꺼지지 않아요)`,
  /** KakaoTalk asks for a reminder that is not there any more. */
  nothingToTell: '지금은 알려 드릴 것이 없어요.',
  /** Quick replies; understood to the letter. */
  offers: {
    sms: { label: '문자로 받기', text: '알림을 문자로 보내 주세요' },
    chat: { label: '채팅으로 받기', text: '알림을 채팅으로 보내 주세요' },
    calendar: { label: '달력에 넣기', text: '알림을 달력에 넣어 주세요' },
  },
  /** The answer to a choice: what it means, and how to take it back. Change `wayConsentWording` with it. */
  agreed: {
    sms: "앞으로 알림은 방금 인증하신 번호로 문자를 보내 드릴게요. 금액은 적지 않아요. 문자를 보낼 수 없으면 이 채팅에 남겨 둘게요. 되돌리려면 '알림을 채팅으로 보내 주세요'라고 적어 주세요.",
    chat: '앞으로 알림은 이 채팅으로 드릴게요.',
  },
  calendar: {
    /** Above the links. */
    offer: '아래를 누르면 달력에 넣을 수 있어요. 링크는 일주일 동안 쓸 수 있어요.',
    none: '달력에 넣을 알림이 아직 없어요. 언제 알려 드릴지 먼저 적어 주세요.',
    button: (day: string) => `${day} 달력에 넣기`,
    title: '휴대폰 요금 내는 날',
    plainTitle: '휴대폰 요금 알림',
    description: '요금길잡이에서 넣은 일정이에요. 지우려면 달력에서 지우면 돼요.',
    alarm: '휴대폰 요금을 확인해 보세요.',
    expired: '이 달력 링크는 기한이 지났어요. 채팅에서 다시 받아 주세요.',
  },
};

/** Every language has these. */
export type ReminderDeliveryStrings = typeof reminderDelivery;

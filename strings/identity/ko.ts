export const stepUp = {
  askPhone:
    '요금은 본인만 볼 수 있어요. 요금을 확인할 휴대폰 번호를 적어 주세요. 주민등록번호는 받지 않아요.',
  phoneLabel: '휴대폰 번호',
  phonePlaceholder: '010-0000-0000',
  phoneError: '휴대폰 번호를 적어 주세요.',
  phoneSubmit: '인증번호 받기',
  phoneAgain: '휴대폰 번호를 알아보지 못했어요. 010으로 시작하는 번호를 숫자로 적어 주세요.',
  /** S23, S31 */
  otherWays: '번호를 적기 어려우면 매장이나 고객센터에서도 확인할 수 있어요.',
  oneNumber: '번호가 여러 개예요. 요금을 확인할 번호 하나만 적어 주세요.',
  phonePlease: '네, 그럼 요금을 확인할 휴대폰 번호를 적어 주세요.',
  phoneFirst: '요금을 보여 드리려면 본인 확인이 먼저 필요해요. 휴대폰 번호를 적어 주세요.',
  /** S48 */
  declined: '네, 번호를 안 적어도 괜찮아요. 앱이나 매장, 고객센터에서도 확인할 수 있어요.',
  stillPhone: '이어서 할게요. 요금을 확인할 휴대폰 번호를 적어 주세요.',
  sent: (digits: number, minutes: number) =>
    `등록된 번호라면 문자로 인증번호 ${digits}자리를 보냈어요. ${minutes}분 안에 적어 주세요.`,
  sentAgain: (digits: number, minutes: number) =>
    `등록된 번호라면 인증번호 ${digits}자리를 새로 보냈어요. 가장 나중에 온 번호를 ${minutes}분 안에 적어 주세요.`,
  /** S23, S31 */
  notArrived:
    '문자가 오지 않으면 번호를 다시 확인해 주세요. 문자를 받을 수 없을 때는 매장이나 고객센터에서 도와드려요.',
  codeLabel: '인증번호',
  codePlaceholder: '문자로 받은 숫자',
  codeError: '문자로 받은 숫자를 적어 주세요.',
  codeSubmit: '확인',
  resend: '다시 받기',
  otherPhone: '번호 바꾸기',
  codeAgain: '적어 주신 번호로 온 문자의 숫자만 여기에 적어 주세요.',
  codePlease: '네, 문자로 받은 숫자를 적어 주세요.',
  codeNo: "문자가 안 왔으면 '다시 받기', 번호를 잘못 적었으면 '번호 바꾸기'를 골라 주세요.",
  codeFirst: '요금을 보여 드리려면 인증번호가 필요해요. 문자로 받은 숫자를 적어 주세요.',
  noNewCode: '네, 새로 보내지 않을게요. 매장이나 고객센터에서도 확인할 수 있어요.',
  stillCode: '이어서 할게요. 문자로 받은 인증번호를 적어 주세요.',
  wrong: (triesLeft: number) => `인증번호가 달라요. ${triesLeft}번 더 해 볼 수 있어요.`,
  exhausted: '세 번 달라서 이 인증번호는 쓸 수 없게 했어요. 새로 받으시겠어요?',
  expired: '인증번호를 쓸 수 있는 시간이 지났어요. 새로 받으시겠어요?',
  limited: (retryAt: string) =>
    `안전을 위해 지금은 인증번호를 더 보낼 수 없어요. ${retryAt}부터 다시 받을 수 있어요.`,
  /** The same for everybody, whatever the reason. S17, S18, S19, S23, S31, S32 */
  withoutCode:
    '문자를 받기 어려우면 다른 방법도 있어요. 신분증을 챙겨서 가까운 매장에 가시거나, 홈페이지에 로그인하시거나, 상담원에게 물어보세요.',
  /** S23, S31, S48 */
  lineSystemDown:
    '죄송해요. 지금은 번호를 확인할 수 없어요. 잠시 뒤에 다시 해 주세요. 급하시면 앱이나 매장, 고객센터에서도 확인할 수 있어요.',
  /** @param line masked, '010-****-1001' */
  knownLine: (line: string) =>
    `${line}번으로 인증번호를 보내 드릴까요? 요금은 번호를 확인한 다음에 보여 드려요.`,
  knownLineYes: '네, 보내 주세요',
  /** S23, S31 */
  underFourteen:
    '만 14세 미만이면 이 채팅에서 요금을 보여 드릴 수 없어요. 보호자와 함께 매장이나 고객센터에 물어봐 주세요.',
  /** S23, S31 */
  forAnother:
    '다른 분의 요금은 그분만 볼 수 있어요. 그분이 직접 물어보시거나, 사정이 있으면 매장이나 고객센터에서 상담해 보세요.',
  limitedButSent: '먼저 받은 인증번호가 있으면 그걸 적어 주세요.',
  privateOnly:
    '여러 사람이 있는 대화에서는 요금을 보여 드리지 않아요. 저와 둘이 있는 대화에서 물어봐 주세요.',
  signedOut: '네, 로그아웃했어요. 요금을 다시 보려면 본인 확인을 새로 해 주세요.',
  /** @param host the site that browsers may fill the code into: the last line is theirs, not a link */
  sms: (code: string, host?: string) =>
    `[요금길잡이] 미납요금 조회 인증번호 ${code}\n직원도 묻지 않아요.${host === undefined ? '' : `\n@${host} #${code}`}`,
};

export const agency = {
  ask: '자세한 내역은 번호의 명의자 본인만 볼 수 있어요. 아래 버튼을 눌러 본인 인증을 해 주세요.',
  /** @param until clock time */
  until: (until: string) =>
    `${until}까지 할 수 있어요. 마치면 여기로 돌아와 주세요. 제가 바로 이어서 도와드릴게요.`,
  forward: '이 링크는 다른 사람에게 보내지 마세요.',
  open: '본인 인증하기',
  done: '확인했어요',
  again: '링크 새로 받기',
  why: '합계는 문자 인증만으로 볼 수 있지만, 자세한 내역은 더 조심스럽게 지켜요.',
  still: '이어서 할게요. 본인 인증을 마치셨으면 알려 주세요.',
  pending: '아직 인증이 끝나지 않았어요. 인증을 마친 다음 눌러 주세요.',
  failed: '본인 인증이 끝나지 않았어요. 다시 해 보시겠어요?',
  expired: '인증할 수 있는 시간이 지났어요. 다시 해 보시겠어요?',
  unavailable:
    '지금은 인증 결과를 확인할 수 없어요. 잠시 뒤에 다시 눌러 주세요. 하신 인증은 그대로 남아 있어요.',
  /** S10, S31, S32 */
  otherPerson:
    '이 번호의 명의자로 확인되지 않아서 자세한 내역은 보여 드릴 수 없어요. 명의자가 신분증을 가지고 매장에 가거나 상담원에게 물어보시면 확인할 수 있어요.',
  underage:
    '만 14세 미만은 보호자 동의가 필요해서 여기서는 자세한 내역을 보여 드릴 수 없어요. 보호자와 함께 매장이나 상담원에게 물어봐 주세요.',
  limited: (retryAt: string) =>
    `안전을 위해 지금은 본인 인증을 더 할 수 없어요. ${retryAt}부터 다시 할 수 있어요. 급하면 매장이나 상담원에게 물어봐 주세요.`,
  declined: '네, 인증하지 않아도 괜찮아요. 자세한 내역은 앱이나 매장, 고객센터에서도 확인할 수 있어요.',
  noAgency: '여기서는 자세한 내역까지 보여 드리지는 못해요. 앱이나 매장, 고객센터에서 확인할 수 있어요.',
  page: {
    title: '본인 인증',
    lead: '요금길잡이 채팅에서 본인 인증을 요청했어요.',
    what: '이름과 생년월일은 인증 기관 화면에서만 적어요. 요금길잡이는 명의자가 맞는지만 확인하고, 이름과 생년월일을 저장하지 않아요.',
    warn: '직접 요청하지 않았거나 다른 사람이 보낸 링크라면 이 창을 닫아 주세요.',
    begin: '인증 시작하기',
    opening: '인증 화면을 여는 중이에요.',
    stopped: '인증이 중간에 멈췄어요. 다시 시작하거나 채팅으로 돌아가 주세요.',
    trouble: '지금은 인증 화면을 열 수 없어요. 잠시 뒤에 다시 눌러 주세요.',
    noScript: '이 화면은 자바스크립트로 움직여요. 브라우저 설정에서 자바스크립트를 켜 주세요.',
    goneTitle: '이 링크는 더 쓸 수 없어요',
    gone: "시간이 지났거나 이미 쓴 링크예요. 채팅으로 돌아가서 '링크 새로 받기'를 눌러 주세요.",
    returnTitle: '채팅으로 돌아가세요',
    returned: '이 창은 닫아도 돼요. 채팅에서 바로 이어져요.',
    demoTitle: '데모 인증: 실제 PASS가 아니에요',
    demoLead:
      '진짜 인증 앱을 흉내 낸 화면이에요. 어떤 사람이 인증하는지 골라 보세요. 사람은 모두 지어냈어요.',
    demoOutcomes: {
      holder: '번호의 명의자가 인증하기',
      somebodyElse: '다른 사람이 인증하기',
      child: '만 14세 미만이 인증하기',
      givenUp: '인증하지 않고 취소하기',
    },
  },
};

/** Read out by screen readers while a code can be used; each once, when there is a pause. */
export const codeTime = {
  until: (time: string) => `${time}까지 쓸 수 있어요.`,
  minuteLeft: '인증번호를 쓸 수 있는 시간이 1분 남았어요.',
  secondsLeft: "인증번호를 쓸 수 있는 시간이 20초 남았어요. 부족하면 '다시 받기'로 새로 받을 수 있어요.",
  over: "인증번호를 쓸 수 있는 시간이 지났어요. '다시 받기'를 누르면 새로 보내 드려요.",
};

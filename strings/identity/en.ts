import type * as ko from './ko';

export const stepUp: typeof ko.stepUp = {
  askPhone:
    'Only you may see your bill. Please write the mobile number the bill belongs to. I never take a resident registration number.',
  phoneLabel: 'Mobile number',
  phonePlaceholder: '010-0000-0000',
  phoneError: 'Please write a mobile number.',
  phoneSubmit: 'Send me a code',
  phoneAgain: 'I could not read a mobile number there. Please write the digits, starting with 010.',
  otherWays: 'If you would rather not write it, a store or the call centre can also help.',
  oneNumber: 'There is more than one number. Please write only the one the bill belongs to.',
  phonePlease: 'All right. Please write the mobile number the bill belongs to.',
  phoneFirst: 'Before I show a bill I check that it is yours. Please write your mobile number.',
  declined:
    'All right, you do not have to. You can also check in the app, in a store or with the call centre.',
  stillPhone: 'Let us go on. Please write the mobile number the bill belongs to.',
  sent: (digits, minutes) =>
    `If that number is registered, a text with a ${digits}-digit code is on its way. Please write it here within ${minutes} minutes.`,
  sentAgain: (digits, minutes) =>
    `If that number is registered, a new ${digits}-digit code is on its way. Please write the latest one within ${minutes} minutes.`,
  notArrived:
    'If no text arrives, please check the number. If you cannot receive texts, a store or the call centre can help.',
  codeLabel: 'Code',
  codePlaceholder: 'Digits from the text',
  codeError: 'Please write the digits from the text message.',
  codeSubmit: 'Confirm',
  resend: 'Send again',
  otherPhone: 'Other number',
  codeAgain: 'Please write here only the digits from the text sent to your number.',
  codePlease: 'All right. Please write the digits from the text message.',
  codeNo: "If no text arrived, pick 'Send again'. If the number was wrong, pick 'Other number'.",
  codeFirst: 'I need the code before I can show your bill. Please write the digits from the text message.',
  noNewCode: 'All right, I will not send one. A store or the call centre can also help.',
  stillCode: 'Let us go on. Please write the code from the text message.',
  wrong: (triesLeft) =>
    `That code does not match. You have ${triesLeft} ${triesLeft === 1 ? 'try' : 'tries'} left.`,
  exhausted: 'That was the third mismatch, so this code no longer works. Shall I send a new one?',
  expired: 'The time for this code has passed. Shall I send a new one?',
  limited: (retryAt) => `For safety I cannot send more codes now. You can get one again from ${retryAt}.`,
  withoutCode:
    'There are also ways without a text. Go to a nearby store with your ID, log in on the website, or ask a person.',
  lineSystemDown:
    'Sorry, I cannot check numbers right now. Please try again in a little while. If it is urgent, the app, a store or the call centre can help as well.',
  knownLine: (line) =>
    `Shall I send a code to ${line}? I show the bill once you have confirmed the number with it.`,
  knownLineYes: 'Yes, please send it',
  underFourteen:
    'I cannot show a bill to somebody under 14 in this chat. Please ask in a store or the call centre together with a guardian.',
  forAnother:
    'Only the person whose bill it is may see it. They can ask me themselves, or a store or the call centre can help in special cases.',
  limitedButSent: 'If you already have a code, please write that one.',
  privateOnly:
    'I do not show bills where others can read along. Please ask me in a chat with just the two of us.',
  signedOut: 'You are signed out. To see your bill again, please verify again.',
  sms: (code, host) =>
    `[Bill Guide] Unpaid bill code ${code}\nStaff never ask for it.${host === undefined ? '' : `\n@${host} #${code}`}`,
};

export const agency: typeof ko.agency = {
  ask: 'Only the holder of the number can see the details. Please press the button below to verify that it is you.',
  until: (until: string) =>
    `You can do this until ${until}. Come back here when you have finished and I will carry on.`,
  forward: 'Please do not send this link to anybody else.',
  open: 'Verify that it is me',
  done: 'I have finished',
  again: 'Get a new link',
  why: 'The total needs only a text message code, but the details are guarded more carefully.',
  still: 'Let us carry on. Please tell me when you have verified yourself.',
  pending: 'The verification is not finished yet. Please press when you have finished it.',
  failed: 'The verification was not completed. Would you like to try again?',
  expired: 'The time for the verification is over. Would you like to try again?',
  unavailable:
    'I cannot see the result of the verification right now. Please press again in a moment. What you did is not lost.',
  otherPerson:
    'You could not be confirmed as the holder of this number, so I cannot show the details. The holder can check them in a store with an ID, or by asking a person.',
  underage:
    'For children under 14 a guardian has to agree, so I cannot show the details here. Please go to a store or ask a person together with your guardian.',
  limited: (retryAt: string) =>
    `To keep you safe, no more verifications are possible for now. You can try again from ${retryAt}. If it is urgent, please go to a store or ask a person.`,
  declined:
    'All right, you do not have to. The details are also available in the app, in a store or from customer service.',
  noAgency:
    'I cannot show the details here. You can see them in the app, in a store or ask customer service.',
  page: {
    title: 'Identity verification',
    lead: 'The Bill Guide chat asks you to verify who you are.',
    what: 'You enter your name and date of birth only on the page of the agency. Bill Guide checks only whether you are the holder of the number and does not store them.',
    warn: 'If you did not ask for this yourself, or somebody sent you the link, please close this window.',
    begin: 'Start the verification',
    opening: 'Opening the verification.',
    stopped: 'The verification stopped half way. Please start again or go back to the chat.',
    trouble: 'The verification cannot be opened right now. Please press again in a moment.',
    noScript: 'This page needs JavaScript. Please switch it on in your browser.',
    goneTitle: 'This link no longer works',
    gone: 'It is too old or has been used. Please go back to the chat and press "Get a new link".',
    returnTitle: 'Please go back to the chat',
    returned: 'You can close this window. The chat goes on by itself.',
    demoTitle: 'Demo verification: this is not the real PASS',
    demoLead:
      'This page plays the app of an identity agency. Choose who verifies themselves. All of them are made up.',
    demoOutcomes: {
      holder: 'The holder of the number',
      somebodyElse: 'Somebody else',
      child: 'A child under 14',
      givenUp: 'Cancel without verifying',
    },
  },
};

export const codeTime: typeof ko.codeTime = {
  until: (time: string) => `You can use it until ${time}.`,
  minuteLeft: 'You have 1 minute left to enter the code.',
  secondsLeft:
    'You have 20 seconds left to enter the code. If that is too short, use "Send again" for a new one.',
  over: 'The time for the code is over. Press "Send again" for a new one.',
};

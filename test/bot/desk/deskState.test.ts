import type { HandoffAnswer } from '../../../services/desk/deskApi';
import { emptyDesk, withOpened } from '../../../web/desk/deskState';

const summary: HandoffAnswer['summary'] = {
  id: 'h1',
  state: 'accepted',
  reason: 'asked',
  skill: 'billing',
  language: 'ko',
  channelId: 'directline',
  requestedAtMs: 0,
  verified: false,
};

describe('a conversation at the desk', () => {
  it('keeps a note that was added while it was being opened', () => {
    const note = { by: 'haneul', atMs: 1, text: '어제 은행에서 내셨대요' };
    const answer = (notes: HandoffAnswer['notes']): HandoffAnswer => ({
      summary,
      packet: null,
      notes,
      lastSeq: 3,
    });
    const withNote = withOpened(emptyDesk, answer([note]));

    expect(withOpened(withNote, answer([])).cases.h1?.notes).toEqual([note]);
    expect(withOpened(withNote, answer([note, note])).cases.h1?.notes).toHaveLength(2);
  });
});

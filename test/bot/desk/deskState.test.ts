import type { HandoffAnswer } from '../../../services/desk/deskApi';
import { emptyDesk, withCase, withOpened, withQueue } from '../../../web/desk/deskState';

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

const answer = (notes: HandoffAnswer['notes']): HandoffAnswer => ({
  summary,
  packet: null,
  notes,
  lastSeq: 3,
});

describe('a conversation at the desk', () => {
  it('does not go back to those who wait by a look at the queue from before it was claimed', () => {
    const claimed = { ...withOpened(emptyDesk, answer([])), mine: [summary] };
    const late = { waiting: [{ ...summary, state: 'requested' as const }], mine: [] };

    expect(withQueue(claimed, late).state).toMatchObject({ waiting: [], mine: [summary] });
    const passedOn = withCase(claimed, 'h1', (known) => ({ ...known, ended: 'transferred' }));
    expect(withQueue(passedOn, late).state).toMatchObject({ waiting: late.waiting, mine: [] });
  });

  it('keeps a note that was added while it was being opened', () => {
    const note = { by: 'haneul', atMs: 1, text: '어제 은행에서 내셨대요' };
    const withNote = withOpened(emptyDesk, answer([note]));

    expect(withOpened(withNote, answer([])).cases.h1?.notes).toEqual([note]);
    expect(withOpened(withNote, answer([note, note])).cases.h1?.notes).toHaveLength(2);
  });
});

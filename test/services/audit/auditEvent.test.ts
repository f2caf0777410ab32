import { type AuditEvent, audit } from '../../../services/audit/auditEvent';
import { type JournalEntry, streamsOf } from '../../../services/journal/journal';

const binding = { channelId: 'directline', conversationId: 'conversation-1', userId: 'dl_user-1' };

function noted(of: typeof binding, event: AuditEvent): JournalEntry[] {
  const notes: JournalEntry[] = [];
  audit({ note: (entry) => notes.push(entry) }, of, event);
  return notes;
}

describe('an audit event', () => {
  it('is written down with where it happened and to whom', () => {
    const event = { kind: 'verified', by: 'sms', line: 'line-1', acr: 'acr1' } as const;
    expect(noted(binding, event)).toEqual([
      { stream: expect.stringMatching(/^audit\/\d+$/), body: { ...event, ...binding } },
    ]);
  });

  it('holds nothing else of the binding', () => {
    const more = { ...binding, phoneNumber: '01012345678' };
    expect(JSON.stringify(noted(more, { kind: 'signedOut' }))).not.toContain('01012345678');
  });

  it('goes into the stream of its conversation, whoever speaks; conversations spread over all', () => {
    const streamOfConversation = (parts: Partial<typeof binding>) =>
      noted({ ...binding, ...parts }, { kind: 'signedOut' })[0]?.stream ?? '';
    expect(streamOfConversation({ userId: 'another' })).toBe(streamOfConversation({}));
    const numbers = Array.from({ length: 200 }, (_, n) => `${n}`);
    const used = (streams: string[]) => [...new Set(streams)].sort();
    const all = [...streamsOf('audit')].sort();
    expect(used(numbers.map((conversationId) => streamOfConversation({ conversationId })))).toEqual(all);
    expect(used(numbers.map((channelId) => streamOfConversation({ channelId })))).toEqual(all);
  });

  it('goes where it always went, or a chain would break in two at an update', () => {
    expect(noted(binding, { kind: 'signedOut' })[0]?.stream).toBe('audit/5');
  });
});

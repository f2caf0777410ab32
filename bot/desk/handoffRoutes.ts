import type * as restify from 'restify';
import type { z } from 'zod';
import type { DeskAccounts } from '../../services/desk/deskAccounts';
import {
  claimRequest,
  deskApiPath,
  messageRequest,
  noteRequest,
  resolveRequest,
  returnRequest,
  transferRequest,
  unmaskRequest,
} from '../../services/desk/deskApi';
import type { DeskActor } from '../../services/desk/deskAudit';
import type { DeskSession } from '../../services/desk/deskSessions';
import { LineSystemUnavailableError } from '../../services/errors';
import type { ClosedHandoff, HandoffRecord } from '../../services/handoff/handoff';
import { redact } from '../../services/redaction/redaction';
import { cleanText } from '../../services/turn/cleanText';
import { deskAnswer, deskRefusal } from './deskAnswers';
import { type DeskGate, deskWorkers } from './deskGate';
import { agentOf, type DeskHandoffs } from './deskHandoffs';

export interface HandoffRoutesDeps {
  readonly gate: DeskGate;
  readonly handoffs: DeskHandoffs;
  readonly accounts: DeskAccounts;
}

interface Call {
  readonly req: restify.Request;
  readonly res: restify.Response;
  readonly session: DeskSession;
  readonly actor: DeskActor;
  readonly id: string;
}

const handoffsPath = `${deskApiPath}/handoffs/:id`;

/** One handoff: reading it, and everything that its agent can do. `services/desk/deskApi.ts` says what goes in and out. */
export function registerHandoffs(
  server: Pick<restify.Server, 'get' | 'post'>,
  { gate, handoffs, accounts }: HandoffRoutesDeps,
): void {
  const admitted = async (
    req: restify.Request,
    res: restify.Response,
    run: (call: Call) => Promise<void>,
  ): Promise<void> => {
    const session = await gate.admit(req, res, deskWorkers);
    if (session === undefined) return;
    const actor = gate.actorOf(req, session);
    await run({ req, res, session, actor, id: String(req.params.id).slice(0, 128) });
  };

  /** Somebody else's looks like none at all, and is written down. */
  const forbid = async ({ actor, id, res }: Call, what: string) => {
    await handoffs.noteRefusal(actor, what, id);
    deskRefusal(res, 'forbidden');
  };

  const onOwn = <Body>(
    action: string,
    schema: z.ZodType<Body>,
    run: (call: Call & { readonly record: HandoffRecord }, body: Body) => Promise<void>,
    { supervisorToo = false, onEnded = tooLate<Body> } = {},
  ) =>
    server.post(`${handoffsPath}/${action}`, async (req: restify.Request, res: restify.Response) =>
      admitted(req, res, async (call) => {
        const body = schema.safeParse(req.body);
        if (!body.success) return deskRefusal(res, 'badRequest');
        const found = await handoffs.access(call.session.user, call.id);
        if (found.status === 'gone') return onEnded(call, found.closed, body.data);
        const may = found.status === 'own' || (found.status === 'seen' && supervisorToo);
        if (!may) return forbid(call, action);
        await run({ ...call, record: found.record }, body.data);
      }),
    );

  server.get(handoffsPath, async (req: restify.Request, res: restify.Response) =>
    admitted(req, res, async (call) => {
      const found = await handoffs.access(call.session.user, call.id);
      if (found.status === 'forbidden') return forbid(call, 'read');
      if (found.status === 'gone') return deskAnswer(res, handoffs.answerOfClosed(found.closed));
      if (found.status === 'seen') await handoffs.noteView(call.actor, call.id);
      deskAnswer(res, await handoffs.answerOf(found.record));
    }),
  );

  server.post(`${handoffsPath}/claim`, async (req: restify.Request, res: restify.Response) =>
    admitted(req, res, async (call) => {
      const body = claimRequest.safeParse(req.body);
      if (!body.success) return deskRefusal(res, 'badRequest');
      const claim = await handoffs.claim(call.actor, call.id, body.data.key);
      if (claim.status === 'claimed') return deskAnswer(res, await handoffs.answerOf(claim.record));
      if (claim.status === 'taken') return deskRefusal(res, 'taken');
      if (claim.status === 'failed') return deskRefusal(res, 'unavailable');
      await forbid(call, 'claim');
    }),
  );

  onOwn(
    'messages',
    messageRequest,
    async (call, body) => {
      const { res, record, session, actor, id } = call;
      if (isBlank(body.text)) return deskRefusal(res, 'badRequest');
      const said = await handoffs.say(record, body.text, actor, body.key);
      if (said !== undefined) return deskAnswer(res, { seq: said.seq });
      // The turn came too late: the customer has ended it, or somebody has it now. Or it failed, and said nothing.
      const after = await handoffs.access(session.user, id);
      deskRefusal(res, after.status === 'own' ? 'unavailable' : 'gone');
    },
    {
      // A page that lost the answer to its last message sends it again: it was said, or never will be.
      onEnded: async (call, closed, body) => {
        const said = await handoffs.say(closed, body.text, call.actor, body.key);
        if (said === undefined) deskRefusal(call.res, 'gone');
        else deskAnswer(call.res, { seq: said.seq });
      },
    },
  );

  onOwn('notes', noteRequest, async ({ record, actor, res, id, session }, { key, text }) => {
    if (isBlank(text)) return deskRefusal(res, 'badRequest');
    const value = { handoffId: id, agent: agentOf(actor), text };
    const result = await handoffs.send(record, 'handoff.note', value, actor, key);
    const after = await handoffs.access(session.user, id);
    if (after.status !== 'own') return deskRefusal(res, 'gone');
    const isRepeat = result.status === 'done' && result.repeat === true;
    const isThere = JSON.stringify(after.record.notes) !== JSON.stringify(record.notes);
    if (!isThere && !isRepeat) return deskRefusal(res, 'unavailable');
    deskAnswer(res, { notes: after.record.notes });
  });

  onOwn(
    'transfer',
    transferRequest,
    async ({ record, actor, res, id }, { key, to }) => {
      let target: { agent: ReturnType<typeof agentOf> } | { skill: string };
      if ('agent' in to) {
        const other = await accounts.find(to.agent);
        if (other === undefined || !deskWorkers.includes(other.role)) return deskRefusal(res, 'notFound');
        target = { agent: agentOf({ agent: other.name }) };
      } else {
        target = to;
      }
      const isThere =
        'agent' in target
          ? target.agent.id === record.agent?.id
          : record.state === 'requested' && target.skill === record.skill;
      if (isThere) return deskRefusal(res, 'badRequest');
      const value = { handoffId: id, by: record.agent, to: target };
      answerChange(res, await handoffs.change(record, 'handoff.transfer', value, actor, key));
    },
    { supervisorToo: true },
  );

  onOwn(
    'return',
    returnRequest,
    async ({ record, actor, res, id }, { key, summary }) => {
      // Nobody has it yet: there is nothing to end.
      if (record.agent === undefined) return deskRefusal(res, 'badRequest');
      const value = { handoffId: id, by: record.agent, summary };
      answerChange(res, await handoffs.change(record, 'handoff.return', value, actor, key));
    },
    { supervisorToo: true },
  );

  onOwn(
    'resolve',
    resolveRequest,
    async ({ record, actor, res, id }, { key }) => {
      if (record.agent === undefined) return deskRefusal(res, 'badRequest');
      const value = { handoffId: id, by: record.agent };
      answerChange(res, await handoffs.change(record, 'handoff.resolve', value, actor, key));
    },
    { supervisorToo: true },
  );

  onOwn('unmask', unmaskRequest, async ({ record, actor, res }, { reason }) => {
    try {
      const number = await handoffs.unmask(actor, record, redact(reason));
      if (number === undefined) return deskRefusal(res, 'notFound');
      deskAnswer(res, { number });
    } catch (error) {
      if (!(error instanceof LineSystemUnavailableError)) throw error;
      deskRefusal(res, 'unavailable');
    }
  });
}

async function tooLate<Body>({ res }: Call, _closed: ClosedHandoff, _body: Body): Promise<void> {
  deskRefusal(res, 'gone');
}

function answerChange(res: restify.Response, hasChanged: boolean): void {
  if (hasChanged) deskAnswer(res, {});
  else deskRefusal(res, 'unavailable');
}

/** Nothing that anybody could see. */
function isBlank(text: string): boolean {
  return cleanText(text).trim() === '';
}

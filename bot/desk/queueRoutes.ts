import type * as restify from 'restify';
import { z } from 'zod';
import type { Clock } from '../../services/clock';
import type { CannedAnswerSearch } from '../../services/desk/cannedAnswers';
import type { DeskAccounts } from '../../services/desk/deskAccounts';
import {
  type AgentsAnswer,
  deskApiPath,
  type LoadAnswer,
  type QueueAnswer,
} from '../../services/desk/deskApi';
import { auditDesk } from '../../services/desk/deskAudit';
import type { DeskStore } from '../../services/desk/deskStore';
import { handoffsCsv, summaryOf } from '../../services/desk/handoffView';
import { type HandoffRecord, handoffSkills } from '../../services/handoff/handoff';
import { medianPickupMs } from '../../services/handoff/handoffWaits';
import { languages } from '../../services/intent/intent';
import { deskAnswer, deskRefusal } from './deskAnswers';
import { type DeskGate, deskWorkers, supervisors } from './deskGate';
import type { DeskPresence } from './deskPresence';
import type { HandoffBoard } from './handoffBoard';

export interface QueueRoutesDeps {
  readonly gate: DeskGate;
  readonly board: HandoffBoard;
  readonly accounts: DeskAccounts;
  readonly presence: DeskPresence;
  readonly answers: CannedAnswerSearch;
  readonly store: DeskStore;
  readonly clock: Clock;
}

const answersQuery = z.object({
  q: z.string().max(2_000).default(''),
  lang: z.enum(languages).default('ko'),
});

/** Those who wait, without a word of theirs. */
export function waitingOf(open: readonly HandoffRecord[]): QueueAnswer['waiting'] {
  return open.filter(({ state }) => state === 'requested').map((one) => summaryOf(one, false));
}

/** Those whom an agent talks with. */
export function mineOf(open: readonly HandoffRecord[], agent: string): QueueAnswer['mine'] {
  const mine = open.filter((one) => one.state === 'accepted' && one.agent?.id === agent);
  return mine.map((one) => summaryOf(one, true));
}

/** Queue, colleagues and canned answers for agents; load and export for supervisors. */
export function registerQueue(server: Pick<restify.Server, 'get'>, deps: QueueRoutesDeps): void {
  const { gate, board, accounts, presence, answers, store, clock } = deps;

  server.get(`${deskApiPath}/queue`, async (req: restify.Request, res: restify.Response) => {
    const session = await gate.admit(req, res, deskWorkers);
    if (session === undefined) return;
    const open = await board.all();
    const answer: QueueAnswer = { waiting: waitingOf(open), mine: mineOf(open, session.user.name) };
    deskAnswer(res, answer);
  });

  server.get(`${deskApiPath}/agents`, async (req: restify.Request, res: restify.Response) => {
    if ((await gate.admit(req, res, deskWorkers)) === undefined) return;
    const [people, online, open] = [await accounts.list(), await presence.online(), await board.all()];
    const answer: AgentsAnswer = {
      agents: people
        .filter(({ role }) => deskWorkers.includes(role))
        .map(({ name }) => ({ name, online: online.has(name) })),
      skills: [...new Set([...handoffSkills, ...open.map(({ skill }) => skill)])],
    };
    deskAnswer(res, answer);
  });

  server.get(`${deskApiPath}/answers`, async (req: restify.Request, res: restify.Response) => {
    if ((await gate.admit(req, res, deskWorkers)) === undefined) return;
    const query = Object.fromEntries(new URLSearchParams((req.url ?? '').split('?')[1] ?? ''));
    const given = answersQuery.safeParse(query);
    if (!given.success) return deskRefusal(res, 'badRequest');
    deskAnswer(res, answers.find(given.data.q, given.data.lang));
  });

  server.get(`${deskApiPath}/load`, async (req: restify.Request, res: restify.Response) => {
    if ((await gate.admit(req, res, supervisors)) === undefined) return;
    const open = await board.all();
    const [people, online] = [await accounts.list(), await presence.online()];
    const nowMs = clock.now();
    const pickupMs = await medianPickupMs(store, nowMs);
    const agents = people
      .filter(({ role }) => deskWorkers.includes(role))
      .map(({ name, role }) => ({
        name,
        role,
        online: online.has(name),
        open: open.filter(({ agent }) => agent?.id === name).map((one) => summaryOf(one, true)),
      }));
    deskAnswer(res, { ...loadOf(open, nowMs), medianPickupMs: pickupMs ?? null, agents });
  });

  server.get(`${deskApiPath}/export.csv`, async (req: restify.Request, res: restify.Response) => {
    const session = await gate.admit(req, res, supervisors);
    if (session === undefined) return;
    const [open, closed] = [await board.all(), await board.allClosed()];
    const rows = open.length + closed.length;
    await auditDesk(store, gate.actorOf(req, session), { kind: 'deskExported', rows }, clock.now());
    const text = handoffsCsv(open, closed);
    res.writeHead(200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="handoffs.csv"',
      'Cache-Control': 'no-store',
      'Content-Length': Buffer.byteLength(text),
    });
    res.end(text);
  });
}

function loadOf(
  open: readonly HandoffRecord[],
  nowMs: number,
): Pick<LoadAnswer, 'waiting' | 'active' | 'longestWaitMs' | 'bySkill'> {
  const waiting = open.filter(({ state }) => state === 'requested');
  const longest = (some: readonly HandoffRecord[]) =>
    Math.max(0, ...some.map(({ waitingSinceMs }) => nowMs - waitingSinceMs));
  const skills = [...new Set(waiting.map(({ skill }) => skill))];
  return {
    waiting: waiting.length,
    active: open.length - waiting.length,
    longestWaitMs: longest(waiting),
    bySkill: skills.map((skill) => {
      const own = waiting.filter((one) => one.skill === skill);
      return { skill, waiting: own.length, longestWaitMs: longest(own) };
    }),
  };
}

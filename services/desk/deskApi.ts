import { z } from 'zod';

/**
 * The HTTP and WebSocket contract between the agents' desk page and the server, below `/desk/api`. JSON both ways;
 * times are epoch ms, money is whole KRW. Reading needs the session cookie; every POST but `login` also needs
 * the header `deskCsrfHeader` with the value that `GET session` gives. A refusal is `deskError`.
 */
export const deskApiPath = '/desk/api';
export const deskCsrfHeader = 'x-desk-csrf';

export const deskRole = z.enum(['agent', 'supervisor', 'editor']);
export type DeskRole = z.output<typeof deskRole>;

const key = z.uuid();
const text = z.string().trim().min(1).max(4_000);
const name = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,63}$/u);

/** Codes of refusals. The words for them are the page's. */
export const deskErrorCode = z.enum([
  'badRequest',
  'wrongLogin',
  'locked',
  'wrongCode',
  'signedOut',
  'csrf',
  'forbidden',
  'notFound',
  'taken',
  'gone',
  'unavailable',
]);
export type DeskErrorCode = z.output<typeof deskErrorCode>;
/** 400, 401, 403, 404, 409, 429, 503. `retryAfterSeconds` comes with `locked`. */
export const deskError = z.object({
  error: z.object({ code: deskErrorCode, retryAfterSeconds: z.number().int().optional() }),
});
export type DeskError = z.output<typeof deskError>;

/**
 * `POST login`. `code` is the six digits of the authenticator app. `enrol`: signed in far enough to enrol one (`POST
 * totp`, `POST totp/confirm`), and for nothing else. `codeNeeded`: send the same again, with `code`.
 */
export const loginRequest = z.object({
  name,
  password: z.string().min(1).max(256),
  code: z.string().trim().max(12).optional(),
});
export type LoginRequest = z.output<typeof loginRequest>;
export const loginAnswer = z.object({ status: z.enum(['ok', 'codeNeeded', 'enrol']) });
export type LoginAnswer = z.output<typeof loginAnswer>;

/** `POST totp` → `secret` in base32 for typing, and as `otpauth://` address and as a picture of its QR code. */
export const totpAnswer = z.object({
  secret: z.string(),
  otpauthUri: z.string(),
  /** `data:image/gif;base64,…` */
  qrDataUri: z.string(),
});
export type TotpAnswer = z.output<typeof totpAnswer>;
/**
 * `POST totp/confirm` → `{}`, with a full session. `newPassword` takes the place of the one-time password that the
 * login was made with, and is needed as long as `session.passwordChange` is true.
 */
export const totpConfirmRequest = z.object({
  code: z.string().trim().max(12),
  newPassword: z.string().min(12).max(256).optional(),
});
export type TotpConfirmRequest = z.output<typeof totpConfirmRequest>;

/** `GET session`, also without one: `user` is null then, and `csrf` is ''. `enrolling`: only the enrolment is open. */
export const sessionAnswer = z.object({
  user: z.object({ name: z.string(), role: deskRole }).nullable(),
  csrf: z.string(),
  /** Whether there is a company login: a link to `GET oidc/start`. */
  oidc: z.boolean(),
  enrolling: z.boolean(),
  passwordChange: z.boolean(),
});
export type SessionAnswer = z.output<typeof sessionAnswer>;

export const handoffSummary = z.object({
  id: z.string(),
  state: z.enum(['requested', 'accepted']),
  reason: z.string(),
  skill: z.string(),
  topic: z.string().optional(),
  language: z.enum(['ko', 'en']),
  channelId: z.string(),
  requestedAtMs: z.number(),
  acceptedAtMs: z.number().optional(),
  /** Who has it. */
  agent: z.string().optional(),
  verified: z.boolean(),
  /** What the customer said last, masked; in the owner's (and supervisors') lists alone. */
  lastText: z.string().optional(),
});
export type HandoffSummary = z.output<typeof handoffSummary>;

/** `GET queue`: `waiting` oldest first, `mine` the caller's open ones. */
export const queueAnswer = z.object({ waiting: z.array(handoffSummary), mine: z.array(handoffSummary) });
export type QueueAnswer = z.output<typeof queueAnswer>;

/** What the customer and the bot have already settled, so that nobody asks again. Masked, without codes. */
export const deskPacket = z.object({
  reason: z.string(),
  topic: z.string().optional(),
  verification: z.object({
    level: z.enum(['acr0', 'acr1', 'acr2']),
    verifiedAtMs: z.number().optional(),
    /** 010-****-1001 */
    maskedLine: z.string().optional(),
  }),
  /** Only of a verified customer. */
  balance: z
    .object({
      totalKrw: z.number(),
      asOfMs: z.number(),
      bills: z.array(z.object({ label: z.string(), amountKrw: z.number(), dueDate: z.string().optional() })),
    })
    .optional(),
  saidByBot: z.array(z.string()),
  transcript: z.array(
    z.object({ from: z.enum(['customer', 'bot', 'agent']), text: z.string(), atMs: z.number() }),
  ),
  /** After this the packet is not shown any more. */
  expiresAtMs: z.number(),
});
export type DeskPacket = z.output<typeof deskPacket>;

export const deskNote = z.object({ by: z.string(), text: z.string(), atMs: z.number() });
export type DeskNote = z.output<typeof deskNote>;

/** `GET handoffs/:id`, the owner's and supervisors' alone. The packet's transcript ends at `lastSeq`: watch after it. */
export const handoffAnswer = z.object({
  summary: handoffSummary,
  /** null: it has expired. */
  packet: deskPacket.nullable(),
  notes: z.array(deskNote),
  lastSeq: z.number(),
  /** The customer's, 1 to 5, when it has been given. */
  rating: z.number().optional(),
});
export type HandoffAnswer = z.output<typeof handoffAnswer>;

/** `POST handoffs/:id/claim` → `handoffAnswer`; 409 `taken` when somebody else has it. A repeat gives the same. */
export const claimRequest = z.object({ key });
export type ClaimRequest = z.output<typeof claimRequest>;
/** `POST handoffs/:id/messages` → `acceptedAnswer`. The same `key` again has no second effect. */
export const messageRequest = z.object({ key, text });
export type MessageRequest = z.output<typeof messageRequest>;
/** `POST handoffs/:id/notes` → `{notes}`; seen by agents alone. */
export const noteRequest = z.object({ key, text });
export type NoteRequest = z.output<typeof noteRequest>;
export const notesAnswer = z.object({ notes: z.array(deskNote) });
export type NotesAnswer = z.output<typeof notesAnswer>;
/** `POST handoffs/:id/transfer` → `{}`: to one agent by name, or back into the queue under a skill. */
export const transferRequest = z.object({
  key,
  to: z.union([
    z.object({ agent: name }),
    z.object({
      skill: z
        .string()
        .trim()
        .regex(/^[a-zA-Z][\w-]{0,39}$/),
    }),
  ]),
});
export type TransferRequest = z.output<typeof transferRequest>;
/** `POST handoffs/:id/return` → `{}`: the bot goes on; the customer reads the summary. */
export const returnRequest = z.object({ key, summary: z.string().trim().max(1_000) });
export type ReturnRequest = z.output<typeof returnRequest>;
/** `POST handoffs/:id/resolve` → `{}` */
export const resolveRequest = z.object({ key });
export type ResolveRequest = z.output<typeof resolveRequest>;
/** `POST handoffs/:id/unmask` → `{number}`: the verified line's number. Logged with the reason. 404 when unverified. */
export const unmaskRequest = z.object({ key, reason: z.string().trim().min(5).max(300) });
export type UnmaskRequest = z.output<typeof unmaskRequest>;
export const unmaskAnswer = z.object({ number: z.string() });
export type UnmaskAnswer = z.output<typeof unmaskAnswer>;

/** `seq` is the message's place among the conversation's entries. */
export const acceptedAnswer = z.object({ seq: z.number().optional() });
export type AcceptedAnswer = z.output<typeof acceptedAnswer>;

/** `GET answers?q=&lang=ko|en`: best first; `claims` are the sources of the answer. */
export const cannedAnswers = z.object({
  answers: z.array(
    z.object({
      topic: z.string(),
      question: z.string(),
      text: z.string(),
      claims: z.array(z.object({ id: z.string(), source: z.string() })),
    }),
  ),
});
export type CannedAnswers = z.output<typeof cannedAnswers>;

/** `GET load`, supervisors alone. Waits are of conversations that wait now and of recent pickups. */
export const loadAnswer = z.object({
  waiting: z.number(),
  active: z.number(),
  longestWaitMs: z.number(),
  /** null: nobody was picked up lately. */
  medianPickupMs: z.number().nullable(),
  bySkill: z.array(z.object({ skill: z.string(), waiting: z.number(), longestWaitMs: z.number() })),
  agents: z.array(
    z.object({ name: z.string(), role: deskRole, online: z.boolean(), open: z.array(handoffSummary) }),
  ),
});
export type LoadAnswer = z.output<typeof loadAnswer>;

/** `GET agents`: whom a conversation can be transferred to. */
export const agentsAnswer = z.object({
  agents: z.array(z.object({ name: z.string(), online: z.boolean() })),
  skills: z.array(z.string()),
});
export type AgentsAnswer = z.output<typeof agentsAnswer>;

/** `GET export.csv`, supervisors alone: open and recently closed handoffs, without anything that customers wrote. */

/** What the page says over `/desk/api/live`. A second `watch` of the same id moves the place to read from. */
export const liveRequest = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('watch'),
    handoffId: z.string().max(128),
    afterSeq: z.number().int().min(0),
  }),
  z.object({ type: z.literal('unwatch'), handoffId: z.string().max(128) }),
  z.object({ type: z.literal('typing'), handoffId: z.string().max(128) }),
]);
export type LiveRequest = z.output<typeof liveRequest>;

export const liveEntry = z.object({
  seq: z.number(),
  from: z.enum(['customer', 'bot', 'agent']),
  /** The agent's. */
  name: z.string().optional(),
  text: z.string(),
  atMs: z.number(),
});
export type LiveEntry = z.output<typeof liveEntry>;

/**
 * What the server says over `/desk/api/live`. `queue` comes at once and after every change; `entries` in order of
 * `seq`, each once on one socket. `handoff` with `ended` is the last word about one. The socket closes with 4401
 * when the session has ended, and with 1013 when the page reads too slowly: it may come again.
 */
export const liveEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('queue'),
    waiting: z.array(handoffSummary),
    mine: z.array(handoffSummary),
  }),
  z.object({ type: z.literal('entries'), handoffId: z.string(), entries: z.array(liveEntry) }),
  z.object({
    type: z.literal('handoff'),
    summary: handoffSummary,
    /** It is closed, or no longer the caller's. */
    ended: z.enum(['completed', 'cancelled', 'failed', 'transferred', 'returned']).optional(),
    rating: z.number().optional(),
  }),
  z.object({ type: z.literal('typing'), handoffId: z.string() }),
  z.object({ type: z.literal('refused'), handoffId: z.string(), code: deskErrorCode }),
]);
export type LiveEvent = z.output<typeof liveEvent>;

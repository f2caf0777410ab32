import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { topics, type Understanding } from '../../services/intent/intent';
import type { JournalEntry } from '../../services/journal/journal';
import type { TurnObservation } from '../turnWatch';
import { labelOf, labelOfNames } from './boundedLabel';

/** A turn waits for back ends 4.5 s at most and ends after 10. */
const turnBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const callBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5];
const lagBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300];

/** Channels of the Bot Connector and of our own; anything else that calls itself one is 'other'. */
const channels = [
  'directline',
  'webchat',
  'kakao',
  'msteams',
  'emulator',
  'test',
  'slack',
  'line',
  'telegram',
];
const stepUpEvents = [
  'challenged',
  'challengeLimited',
  'verified',
  'refused',
  'signedOut',
  'stepUpRequired',
  'shown',
  'dropped',
];
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * What the server counts, for Prometheus; one registry a server, so that several fit into one process. Every label's
 * values come from the code: `labelOf`, `labelOfNames`, routes as they are registered, names of methods.
 */
export class Metrics {
  readonly registry = new Registry();
  private readonly registers = [this.registry];
  private readonly channel = labelOf(channels);
  private readonly topic = labelOf(topics);
  private readonly stepUpEvent = labelOf(stepUpEvents);
  private readonly method = labelOf(methods);
  private readonly kind = labelOfNames();
  private readonly backEnd = labelOfNames();
  private readonly part = labelOfNames();

  private readonly turns = new Counter({
    name: 'bill_guide_turns_total',
    help: 'Turns by outcome.',
    labelNames: ['channel', 'outcome'],
    registers: this.registers,
  });
  private readonly turnSeconds = new Histogram({
    name: 'bill_guide_turn_seconds',
    help: 'Where the time of a turn goes, from acceptance to commit.',
    labelNames: ['phase'],
    buckets: turnBuckets,
    registers: this.registers,
  });
  private readonly confidence = new Histogram({
    name: 'bill_guide_recogniser_confidence',
    help: 'Calibrated confidence of what was understood.',
    labelNames: ['decision'],
    buckets: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1],
    registers: this.registers,
  });
  private readonly recognised = new Counter({
    name: 'bill_guide_recognised_total',
    help: 'Messages by the topic they were understood as.',
    labelNames: ['topic', 'language'],
    registers: this.registers,
  });
  private readonly stepUps = new Counter({
    name: 'bill_guide_step_up_total',
    help: 'Events of identity verification, as the audit log has them.',
    labelNames: ['event'],
    registers: this.registers,
  });
  private readonly deliveries = new Counter({
    name: 'bill_guide_outbox_deliveries_total',
    help: 'Attempts to deliver what turns wrote into the outbox.',
    labelNames: ['kind', 'outcome'],
    registers: this.registers,
  });
  private readonly deliveryLag = new Histogram({
    name: 'bill_guide_outbox_lag_seconds',
    help: 'How long after its time an entry was delivered.',
    labelNames: ['kind'],
    buckets: lagBuckets,
    registers: this.registers,
  });
  private readonly storeSeconds = new Histogram({
    name: 'bill_guide_store_call_seconds',
    help: 'Calls of the store.',
    labelNames: ['call'],
    buckets: callBuckets,
    registers: this.registers,
  });
  private readonly storeErrors = new Counter({
    name: 'bill_guide_store_errors_total',
    help: 'Calls of the store that failed.',
    labelNames: ['call'],
    registers: this.registers,
  });
  private readonly circuits = new Gauge({
    name: 'bill_guide_circuit_open',
    help: '1 while a back end is not asked because it kept failing.',
    labelNames: ['backend', 'part'],
    registers: this.registers,
  });
  private readonly requests = new Counter({
    name: 'bill_guide_http_requests_total',
    help: 'Requests by registered route.',
    labelNames: ['method', 'route', 'status'],
    registers: this.registers,
  });
  private readonly requestSeconds = new Histogram({
    name: 'bill_guide_http_request_seconds',
    help: 'Requests from their head to the end of their answer.',
    labelNames: ['route'],
    buckets: turnBuckets,
    registers: this.registers,
  });

  constructor() {
    // A counter that appears with its first error has no rate before: these start at 0.
    for (const outcome of ['answered', 'apologised', 'postponed'])
      this.turns.inc({ channel: 'directline', outcome }, 0);
    for (const event of stepUpEvents) this.stepUps.inc({ event }, 0);
    for (const call of ['accept', 'commit', 'ping']) this.storeErrors.inc({ call }, 0);
  }

  /** Memory, CPU, garbage collection and the lag of the event loop, under prom-client's usual names. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  turn({ channelId, outcome, ms, journal }: TurnObservation): void {
    this.turns.inc({ channel: this.channel(channelId), outcome });
    for (const [phase, spent] of Object.entries(ms)) this.turnSeconds.observe({ phase }, spent / 1_000);
    const total = ms.queued + ms.recognise + ms.dialog + ms.commit;
    this.turnSeconds.observe({ phase: 'total' }, total / 1_000);
    for (const entry of journal) this.journalled(entry);
  }

  understood({ topic, confidence, decision, language }: Understanding): void {
    this.confidence.observe({ decision }, confidence);
    this.recognised.inc({ topic: this.topic(topic), language });
  }

  delivered({ kind, lagMs }: { kind: string; lagMs: number }): void {
    this.deliveries.inc({ kind: this.kind(kind), outcome: 'delivered' });
    this.deliveryLag.observe({ kind: this.kind(kind) }, lagMs / 1_000);
  }

  notDelivered({ kind, givenUp }: { kind: string; givenUp: boolean }): void {
    this.deliveries.inc({ kind: this.kind(kind), outcome: givenUp ? 'givenUp' : 'failed' });
  }

  storeCall(call: string, ms: number, failed: boolean): void {
    this.storeSeconds.observe({ call }, ms / 1_000);
    if (failed) this.storeErrors.inc({ call });
  }

  circuit(backEnd: string, part: string, state: 'open' | 'closed'): void {
    this.circuits.set({ backend: this.backEnd(backEnd), part: this.part(part) }, state === 'open' ? 1 : 0);
  }

  /** @param route as it was registered, 'none' where nothing is */
  request(request: { method: string; route: string; status: number; ms: number }): void {
    const { route, status } = request;
    this.requests.inc({
      method: this.method(request.method),
      route,
      status: `${Math.floor(status / 100)}xx`,
    });
    this.requestSeconds.observe({ route }, request.ms / 1_000);
  }

  private journalled({ stream, body }: JournalEntry): void {
    if (!stream.startsWith('audit/') || typeof body !== 'object' || body === null || !('kind' in body))
      return;
    this.stepUps.inc({ event: this.stepUpEvent(String(body.kind)) });
  }
}

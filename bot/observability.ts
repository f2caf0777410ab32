import type * as restify from 'restify';
import type { Clock } from '../services/clock';
import type { Randomness } from '../services/randomness';
import { IdTracer, type Tracer } from '../services/trace/tracer';
import type { TurnStore } from '../services/turn/turnStore';
import { registerMetrics } from './http/metricsRoute';
import { type RequestWatch, requestWatch } from './http/requestWatch';
import type { Log } from './log';
import { type GaugeSources, Gauges } from './metrics/gauges';
import { Metrics } from './metrics/metrics';
import { observedStore } from './metrics/observedStore';
import type { ObservabilityConfig } from './settings/observabilitySettings';

interface Parts {
  readonly config: ObservabilityConfig;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
}

/** Metrics, traces and log lines of a server: what an operator sees of it. */
export class Observability {
  readonly metrics = new Metrics();
  readonly watchRequests: RequestWatch;

  private constructor(
    private readonly parts: Parts,
    readonly tracer: Tracer,
    /** Sends the last spans. */
    readonly close: () => Promise<void>,
  ) {
    const { log } = parts;
    this.metrics.watchProcess();
    this.watchRequests = requestWatch({ tracer, log, onRequest: (request) => this.metrics.request(request) });
  }

  /** OpenTelemetry is loaded only where its receiver is set: other starts need not wait for it. */
  static async open(parts: Parts): Promise<Observability> {
    const { config, randomness, log } = parts;
    if (config.tracing === undefined)
      return new Observability(parts, new IdTracer(randomness), async () => {});
    const { OtlpTracer } = await import('./tracing/otlpTracer');
    const tracer = new OtlpTracer(config.tracing, randomness, (state) =>
      log.warn({ state }, 'sending traces to OTEL_EXPORTER_OTLP_ENDPOINT'),
    );
    return new Observability(parts, tracer, () => tracer.close());
  }

  observe(store: TurnStore): TurnStore {
    return observedStore(store, (call, ms, failed) => this.metrics.storeCall(call, ms, failed));
  }

  /** `GET /metrics`. */
  register(server: Pick<restify.Server, 'get'>, sources: Omit<GaugeSources, 'clock'>): void {
    const { config, clock } = this.parts;
    const { registry } = this.metrics;
    const gauges = new Gauges(registry, { ...sources, clock });
    const text = async () => {
      await gauges.refresh();
      return registry.metrics();
    };
    registerMetrics(server, { text, contentType: registry.contentType, token: config.metricsToken });
  }
}

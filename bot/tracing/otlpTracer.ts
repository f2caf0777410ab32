import {
  type SpanKind as OtelKind,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  type SpanExporter,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-node';
import type { Randomness } from '../../services/randomness';
import { newSpanId, newTraceId, type TraceContext } from '../../services/trace/traceContext';
import type { SpanKind as Kind, Span, SpanFacts, Tracer } from '../../services/trace/tracer';
import type { TracingConfig } from '../settings/observabilitySettings';

const kinds: Readonly<Record<Kind, OtelKind>> = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
};

/** Spans that wait to be sent; more than these are dropped, so that a receiver that is down costs no memory. */
const queued = 2_048;
const exportTimeoutMs = 5_000;
const closingMs = 2_000;

/**
 * Sends spans to an OpenTelemetry receiver (OTLP over HTTP, JSON). Loaded only when there is one. Nothing global is
 * registered: a span's parent is always said. Which traces are sent is decided by their id alone, the same on every
 * replica; what a caller wants sampled does not count.
 */
export class OtlpTracer implements Tracer {
  private readonly provider: NodeTracerProvider;
  private readonly tracer;

  /** @param onExport told of the first batch that failed, and of the first that went through again */
  constructor(
    config: TracingConfig,
    randomness: Randomness,
    onExport: (state: 'failing' | 'working') => void,
  ) {
    const exporter = new OTLPTraceExporter({
      url: new URL('v1/traces', config.endpoint.replace(/\/*$/, '/')).href,
      headers: { ...config.headers },
      timeoutMillis: exportTimeoutMs,
    });
    this.provider = new NodeTracerProvider({
      resource: resourceFromAttributes({ 'service.name': config.serviceName }),
      sampler: new TraceIdRatioBasedSampler(config.share),
      idGenerator: {
        generateTraceId: () => newTraceId(randomness),
        generateSpanId: () => newSpanId(randomness),
      },
      spanProcessors: [new BatchSpanProcessor(telling(exporter, onExport), { maxQueueSize: queued })],
    });
    this.tracer = this.provider.getTracer('bill-guide');
  }

  begin(name: string, kind: Kind, parent: TraceContext | undefined): Span {
    const span = this.tracer.startSpan(name, { kind: kinds[kind] }, contextOf(parent));
    const { traceId, spanId, traceFlags } = span.spanContext();
    return {
      trace: { traceId, spanId, sampled: (traceFlags & TraceFlags.SAMPLED) !== 0 },
      end(facts: SpanFacts = {}, failure?: string) {
        span.setAttributes(facts);
        if (failure !== undefined) {
          span.setAttribute('error.type', failure);
          span.setStatus({ code: SpanStatusCode.ERROR });
        }
        span.end();
      },
    };
  }

  /** Sends what is left, for two seconds at most. */
  async close(): Promise<void> {
    let patience: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => {
      patience = setTimeout(resolve, closingMs);
    });
    await Promise.race([this.provider.shutdown().catch(() => {}), limit]);
    clearTimeout(patience);
  }
}

function contextOf(parent: TraceContext | undefined) {
  if (parent === undefined) return ROOT_CONTEXT;
  const { traceId, spanId, sampled } = parent;
  const traceFlags = sampled ? TraceFlags.SAMPLED : TraceFlags.NONE;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}

/** The exporter itself fails in silence. */
function telling(exporter: SpanExporter, onExport: (state: 'failing' | 'working') => void): SpanExporter {
  let failing = false;
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        const failed = result.code !== 0;
        if (failed !== failing) onExport(failed ? 'failing' : 'working');
        failing = failed;
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
  };
}

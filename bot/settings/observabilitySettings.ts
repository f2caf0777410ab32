import { z } from 'zod';
import { isHttpUrl, secret, wholeNumber } from './fields';

/** Settings about seeing the server from outside, and about stopping it. OpenTelemetry's have its own names. */
export const observabilitySettings = {
  METRICS_TOKEN: secret.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .string()
    .refine(
      isPlainHttpUrl,
      'must be an http or https address without user name, such as http://127.0.0.1:4318.',
    )
    .optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .regex(/^[\w-]+=[^,\s]+(?:,[\w-]+=[^,\s]+)*$/, 'must be NAME=VALUE pairs separated by commas.')
    .optional(),
  OTEL_SERVICE_NAME: z
    .string()
    .regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 letters, digits, dots and dashes.')
    .default('bill-guide'),
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .regex(/^(?:0(?:\.\d{1,6})?|1(?:\.0{1,6})?)$/, 'must be a share from 0 to 1, such as 0.1.')
    .transform(Number)
    .default(1),
  DRAIN_MS: wholeNumber(0, 60_000).default(0),
};

export interface TracingConfig {
  /** Base address of an OTLP/HTTP receiver; spans go to `v1/traces` under it. */
  readonly endpoint: string;
  /** May hold a key: never logged. */
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  /** Share of the traces that are sent, 0 to 1. */
  readonly share: number;
}

export interface ObservabilityConfig {
  /** Lets Prometheus in from elsewhere than this machine. */
  readonly metricsToken: string | undefined;
  /** undefined: no traces are recorded. */
  readonly tracing: TracingConfig | undefined;
  /** How long the server goes on after it has said that it is not ready any more, before it stops listening. */
  readonly drainMs: number;
}

export function observabilityOf(data: {
  METRICS_TOKEN?: string;
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;
  OTEL_EXPORTER_OTLP_HEADERS?: string;
  OTEL_SERVICE_NAME: string;
  OTEL_TRACES_SAMPLER_ARG: number;
  DRAIN_MS: number;
}): ObservabilityConfig {
  const endpoint = data.OTEL_EXPORTER_OTLP_ENDPOINT;
  const pairs = (data.OTEL_EXPORTER_OTLP_HEADERS ?? '').split(',').filter((pair) => pair !== '');
  const tracing = endpoint && {
    endpoint,
    headers: Object.fromEntries(pairs.map(nameAndValue)),
    serviceName: data.OTEL_SERVICE_NAME,
    share: data.OTEL_TRACES_SAMPLER_ARG,
  };
  return { metricsToken: data.METRICS_TOKEN, tracing: tracing || undefined, drainMs: data.DRAIN_MS };
}

/** The value may hold further equals signs, as base64 does. */
function nameAndValue(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return [pair.slice(0, at), pair.slice(at + 1)];
}

function isPlainHttpUrl(text: string): boolean {
  if (!isHttpUrl(text)) return false;
  const { username, password } = new URL(text);
  return username + password === '';
}

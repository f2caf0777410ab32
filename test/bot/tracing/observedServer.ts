import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type App, compose } from '../../../bot/compose';
import { loadConfig } from '../../../bot/config';
import { createLog } from '../../../bot/log';
import { redact } from '../../../services/redaction/redaction';
import { keepForScan, noteCodes } from '../../artifacts';
import { dataDir } from '../../assistant';
import { Gateway } from '../../channels/sms/gateway';
import { DirectLineTalk, type Seen } from '../../server/directLineTalk';
import { directLineSecret } from '../../server/serverProcess';

/** A span as OTLP's JSON has it (opentelemetry-proto 1.x, `ResourceSpans`). */
export interface SentSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, unknown> }[];
}

export interface LogLine {
  readonly level: string;
  readonly msg: string;
  readonly trace?: string;
  readonly [fact: string]: unknown;
}

const intentModelFile = path.resolve(__dirname, '../../../dist/intentModel.json');

/** The whole server, an SMS gateway and a receiver of traces, all on loopback, with every log line kept. */
export class ObservedServer {
  readonly logText: string[];

  private constructor(
    readonly app: App,
    readonly url: string,
    readonly sms: Gateway,
    readonly traces: Gateway,
    private readonly folder: string,
    logText: string[],
  ) {
    this.logText = logText;
  }

  static async start(settings: Readonly<Record<string, string>> = {}): Promise<ObservedServer> {
    const folder = mkdtempSync(path.join(tmpdir(), 'bill-guide-observed-'));
    const pagesDir = path.join(folder, 'web');
    mkdirSync(pagesDir);
    const [sms, traces] = await Promise.all([Gateway.open(), Gateway.open()]);
    const config = loadConfig({
      PORT: '0',
      DATA_DIR: dataDir,
      VAR_DIR: path.join(folder, 'var'),
      STORE_URL: `sqlite:${path.join(folder, 'assistant.db')}`,
      DIRECT_LINE_SECRET: directLineSecret,
      ...(settings.SMS_PROVIDER === 'demo'
        ? {}
        : {
            SMS_PROVIDER: 'webhook',
            SMS_WEBHOOK_URL: `${sms.url}/sms`,
            SMS_WEBHOOK_SECRET: 'a-secret-of-thirty-two-characters',
          }),
      OTEL_EXPORTER_OTLP_ENDPOINT: traces.url,
      ...settings,
    });
    const logText: string[] = [];
    const stream = { write: (line: string) => void logText.push(line) };
    const log = createLog({ level: 'debug', redact, stream });
    const app = await compose(config, { pagesDir, intentModelFile }, { log });
    const { url } = await app.listen();
    return new ObservedServer(app, url, sms, traces, folder, logText);
  }

  get log(): LogLine[] {
    return this.logText.map((line) => JSON.parse(line));
  }

  /** All spans that were sent; complete once the server has closed. */
  get spans(): SentSpan[] {
    return this.traces.received.flatMap(({ body }) =>
      JSON.parse(body).resourceSpans.flatMap((resource: { scopeSpans: { spans: SentSpan[] }[] }) =>
        resource.scopeSpans.flatMap(({ spans }) => spans),
      ),
    );
  }

  /** A customer who asks what is owed, proves the line and is told, in one conversation. @returns what was said last, and the code */
  async verifiedConversation(traceparent?: string): Promise<{ answer: Seen[]; code: string }> {
    const headers: Record<string, string> = traceparent === undefined ? {} : { traceparent };
    const talk = await DirectLineTalk.start(this.url);
    await talk.say('내 미납요금이 얼마예요?', 'ask', {}, headers);
    await talk.say('010-0000-1001', 'number', {}, headers);
    const code = await this.codeSent();
    return { answer: await talk.say(code, 'code', {}, headers), code };
  }

  async metrics(headers: Record<string, string> = {}): Promise<string> {
    return (await fetch(`${this.url}/metrics`, { headers })).text();
  }

  async close(): Promise<void> {
    await this.app.close();
    await Promise.all([this.sms.close(), this.traces.close()]);
    keepForScan(this.folder, this.logText.join(''));
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async codeSent(): Promise<string> {
    const startedAt = Date.now();
    for (;;) {
      if (Date.now() - startedAt > 20_000)
        throw new Error(`no code was sent: ${this.logText.slice(-5).join('')}`);
      const code = this.sms.received.at(-1)?.body.match(/\b\d{6}\b/)?.[0];
      if (code !== undefined) {
        noteCodes([code]);
        return code;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

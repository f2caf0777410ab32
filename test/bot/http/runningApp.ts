import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type App, compose } from '../../../bot/compose';
import { loadConfig } from '../../../bot/config';
import { keepForScan, noteCodes } from '../../artifacts';
import { dataDir } from '../../assistant';
import { directLineSecret } from '../../server/serverProcess';

const root = path.resolve(__dirname, '../../..');

/** The whole server with everything embedded, in this process, without its pages. */
export class RunningApp {
  private constructor(
    readonly app: App,
    readonly url: string,
    private readonly folder: string,
  ) {}

  static async start(settings: Readonly<Record<string, string>> = {}): Promise<RunningApp> {
    const folder = mkdtempSync(path.join(tmpdir(), 'bill-guide-app-'));
    const pagesDir = path.join(folder, 'web');
    mkdirSync(pagesDir);
    const config = loadConfig({
      PORT: '0',
      DATA_DIR: dataDir,
      VAR_DIR: path.join(folder, 'var'),
      STORE_URL: `sqlite:${path.join(folder, 'assistant.db')}`,
      DIRECT_LINE_SECRET: directLineSecret,
      LOG_LEVEL: 'silent',
      ...settings,
    });
    const built = { pagesDir, intentModelFile: path.join(root, 'dist', 'intentModel.json') };
    const app = await compose(config, built);
    const { url } = await app.listen();
    return new RunningApp(app, url, folder);
  }

  /** Files of the database. */
  get databaseFiles(): string[] {
    return ['', '-wal'].map((end) => path.join(this.folder, `assistant.db${end}`));
  }

  /** The code in the newest message to a demo number, once it has been delivered. */
  async codeSentTo(phoneNumber: string): Promise<string> {
    for (;;) {
      const text = this.app.assistant.handset.messagesOf(phoneNumber).at(-1)?.text;
      const code = text?.match(/\b\d{6}\b/)?.[0];
      if (code !== undefined) return code;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async close(): Promise<void> {
    noteCodes(this.app.assistant.handset.allMessages().map(({ text }) => text));
    await this.app.close();
    keepForScan(this.folder);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser, Page } from 'playwright-core';

/** Of Teams, and of Web Chat. */
const messageBox = '[data-lexical-editor][role=textbox], [data-id=webchat-sendbox-input]';

export type PlaygroundChannel = 'webchat' | 'msteams' | 'directline';

/** Microsoft 365 Agents Playground, the local stand-in for Teams and web chat, with its own page in a browser. */
export class Playground {
  private constructor(
    private readonly child: ChildProcess,
    private readonly page: Page,
    private readonly channelId: PlaygroundChannel,
  ) {}

  /**
   * @param channelId which channel it plays
   * @param appUrl of the server under test
   * @param folder for its log
   */
  static async start(
    browser: Browser,
    channelId: PlaygroundChannel,
    appUrl: string,
    folder: string,
  ): Promise<Playground> {
    const home = path.dirname(require.resolve('@microsoft/m365agentsplayground/package.json'));
    const args = ['start', '-e', `${appUrl}/api/messages`, '-c', channelId, '-p', '0', '--disable-telemetry'];
    const child = spawn(process.execPath, [path.join(home, 'cli.js'), ...args], {
      cwd: folder,
      env: {
        PATH: process.env.PATH ?? '',
        HOME: folder,
        // The name of no browser: it opens none.
        TEAMSAPPTESTER_BROWSER: 'none',
        M365_AGENTS_PLAYGROUND_LOGFILE: path.join(folder, 'playground.log'),
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const page = await browser.newPage({ locale: 'ko-KR' });
    try {
      const port = await portOf(child);
      // Its page asks for fonts elsewhere.
      await page.route(
        (url) => url.hostname !== 'localhost',
        (route) => route.abort(),
      );
      await page.goto(`http://localhost:${port}/`);
      await page.locator(messageBox).waitFor();
      return new Playground(child, page, channelId);
    } catch (error) {
      await page.close();
      await ended(child);
      throw error;
    }
  }

  /** Opens a conversation by its name in the list on the left, such as 'Group Chat'. */
  async open(name: string): Promise<void> {
    await this.page.getByRole('treeitem', { name }).click();
  }

  /** Types into the message box and sends. */
  async say(text: string): Promise<void> {
    await this.page.locator(messageBox).click();
    await this.page.keyboard.insertText(text);
    await this.page.keyboard.press('Enter');
  }

  /** Calls somebody by name and says it to them, as one does in a group: only then does a bot hear it. */
  async sayTo(name: string, text: string): Promise<void> {
    await this.page.locator(messageBox).click();
    await this.page.keyboard.type(`@${name}`);
    await this.page.getByRole('menuitem', { name }).click();
    await this.page.keyboard.insertText(` ${text}`);
    await this.page.keyboard.press('Enter');
  }

  /**
   * Fills in the newest field of that label and presses its button. The playground's Web Chat drops what a card submits,
   * so there it is said.
   */
  async enter(label: string, text: string, button: string): Promise<void> {
    if (this.channelId !== 'msteams') return await this.say(text);
    await this.page.getByLabel(label).last().fill(text);
    await this.page.getByRole('button', { name: button, exact: true }).last().click();
  }

  /** Waits until the conversation shows a text; fails when it never does. */
  async shows(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).last().waitFor({ timeout: 15_000 });
  }

  /** All that stands on the page. */
  async text(): Promise<string> {
    return (await this.page.locator('body').textContent()) ?? '';
  }

  async stop(): Promise<void> {
    await this.page.close();
    await ended(this.child);
  }
}

function portOf(child: ChildProcess): Promise<string> {
  const { stdout } = child;
  if (stdout === null) throw new Error('the playground says nothing');
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('the playground ended')));
    createInterface({ input: stdout }).on('line', (line) => {
      const found = line.match(/Listening on (\d+)/)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { widgetSizes, withImports } from '../../bench/widgetSizes';

const folder = mkdtempSync(path.join(tmpdir(), 'bill-guide-build-'));
const assets = path.join(folder, 'assets');
const stock = require.resolve('botframework-webchat').replace(/lib.index\.js$/, 'dist/webchat.js');
const gzippedKb = (file: string) => gzipSync(readFileSync(file)).length / 1024;
const html = () => readFileSync(path.join(folder, 'index.html'), 'utf8');

beforeAll(() => {
  const program = '(await import(process.argv[1])).buildWeb({ outDir: process.argv[2] })';
  const script = path.join(__dirname, '..', '..', 'scripts', 'buildWeb.mjs');
  execFileSync(process.execPath, ['--input-type=module', '--eval', program, script, folder]);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the built page', () => {
  it('holds a page and files whose names change with their content, and nothing else', () => {
    expect(readdirSync(folder)).toEqual(
      expect.arrayContaining(['assets', 'index.html', 'widget', 'widget.js']),
    );
    for (const name of readdirSync(assets)) expect(name).toMatch(/^\w+-[A-Z0-9]{8}\.(js|css)$/);
  });

  it('needs no inline script or style, so that a strict content policy holds', () => {
    expect(html()).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:/i);
    for (const [tag] of html().matchAll(/<script[^>]*>/g)) expect(tag).toContain(' src="/assets/');
  });

  it('shows itself from less than 15 KB and loads Web Chat after that, at 55% of the stock bundle', () => {
    const first = [...html().matchAll(/"\/assets\/([^"]+)"/g)].map(([, name]) => name ?? '');
    const atOnce = withImports(assets, first);
    const kb = (names: readonly string[]) =>
      names.reduce((sum, name) => sum + gzippedKb(path.join(assets, name)), 0);
    expect(atOnce.length).toBeGreaterThan(1);
    expect(kb(atOnce)).toBeLessThan(15);

    const chat = readdirSync(assets).filter((name) => name.startsWith('chatView-'));
    expect(chat).toHaveLength(1);
    expect(kb(withImports(assets, chat))).toBeLessThan(gzippedKb(stock) * 0.55);
  });

  it('keeps the widget small: 4 KB on every page, 25 KB when it is opened', () => {
    const { loader, panel } = widgetSizes(folder, stock);

    expect(loader).toBeLessThan(4 * 1_024);
    expect(panel).toBeGreaterThan(loader);
    expect(panel).toBeLessThan(25 * 1_024);
  });

  it('names a copy of the loader that may be pinned, with the hash that browsers check', () => {
    const named: { src: string; integrity: string } = JSON.parse(
      readFileSync(path.join(folder, 'widget', 'integrity.json'), 'utf8'),
    );
    const pinned = readFileSync(path.join(folder, named.src));

    expect(named.integrity).toBe(`sha384-${createHash('sha384').update(pinned).digest('base64')}`);
    expect(pinned).toEqual(readFileSync(path.join(folder, 'widget.js')));
  });
});

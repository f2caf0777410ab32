import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const folder = mkdtempSync(path.join(tmpdir(), 'bill-guide-build-'));
const assets = path.join(folder, 'assets');
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
    expect(readdirSync(folder).sort()).toEqual(['assets', 'index.html']);
    for (const name of readdirSync(assets)) expect(name).toMatch(/^\w+-[A-Z0-9]{8}\.(js|css)$/);
  });

  it('needs no inline script or style, so that a strict content policy holds', () => {
    expect(html()).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:/i);
    for (const [tag] of html().matchAll(/<script[^>]*>/g)) expect(tag).toContain(' src="/assets/');
  });

  it('shows itself from less than 15 KB and loads Web Chat after that, at 55% of the stock bundle', () => {
    const first = [...html().matchAll(/"\/(assets\/[^"]+)"/g)].map(([, name]) =>
      path.join(folder, name ?? ''),
    );
    const shared = readdirSync(assets).filter((name) => name.startsWith('chunk-'));
    const all = [...first, ...shared.map((name) => path.join(assets, name))];
    expect(all.reduce((sum, file) => sum + gzippedKb(file), 0)).toBeLessThan(15);

    const chat = readdirSync(assets).find((name) => name.startsWith('chatView-')) ?? '';
    const stock = require.resolve('botframework-webchat').replace(/lib.index\.js$/, 'dist/webchat.js');
    expect(gzippedKb(path.join(assets, chat))).toBeLessThan(gzippedKb(stock) * 0.55);
  });
});

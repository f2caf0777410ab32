import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macBrowser = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** Path of a Chromium on this machine; undefined when there is none. `CHROMIUM_PATH` wins. */
export function findBrowser() {
  const wanted = process.env.CHROMIUM_PATH;
  if (wanted) return existsSync(wanted) ? wanted : undefined;
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    for (const name of names) {
      const file = path.join(folder, name);
      if (existsSync(file)) return file;
    }
  }
  return existsSync(macBrowser) ? macBrowser : undefined;
}

/** Finds a browser and a Korean font, or brings both from Debian when this is root on a Debian. */
export function ensureBrowser() {
  const found = findBrowser();
  if (found !== undefined && hasKoreanFont()) return found;
  const canInstall = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
  if (canInstall) {
    console.log('Installing Chromium and a Korean font…');
    const quiet = {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    };
    spawnSync('apt-get', ['update', '-qq'], quiet);
    spawnSync(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'],
      quiet,
    );
  }
  const browser = findBrowser();
  if (browser === undefined) {
    console.error('The browser tests need Chromium or Chrome: install one, or set CHROMIUM_PATH to it.');
  }
  return browser;
}

function hasKoreanFont() {
  const fonts = spawnSync('fc-list', [':lang=ko'], { encoding: 'utf8' });
  return fonts.status !== 0 || fonts.stdout.trim() !== '';
}

import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * What Playwright turns off (its chromiumSwitches.ts; Chromium takes the last list alone), and the suggestions under the
 * address bar: pages of their own that every window loads, for as much work as ours, and that nobody sees here.
 */
const disabledFeatures = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
];

/** Nothing that would talk to the network on its own, or ask for a screen. */
const launchArgs = [
  `--disable-features=${disabledFeatures.join(',')}`,
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts the machine's Chromium without a window.
 * @param env where `CHROMIUM_PATH` and `PATH` are read
 * @throws when there is none
 */
export function launchBrowser(env: NodeJS.ProcessEnv): Promise<Browser> {
  const executablePath = findBrowser(env);
  if (executablePath === undefined)
    throw new Error('There is no Chromium or Chrome; set CHROMIUM_PATH to one.');
  return chromium.launch({ executablePath, args: launchArgs });
}

/** `CHROMIUM_PATH`, else the first Chromium or Chrome in `PATH`, else Chrome on macOS. */
function findBrowser(env: NodeJS.ProcessEnv): string | undefined {
  if (env.CHROMIUM_PATH) return env.CHROMIUM_PATH;
  const folders = (env.PATH ?? '').split(path.delimiter);
  const candidates = folders.flatMap((folder) => names.map((name) => path.join(folder, name)));
  return [...candidates, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'].find((file) =>
    existsSync(file),
  );
}

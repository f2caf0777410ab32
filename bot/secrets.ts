import { chmod, link, mkdir, open, readFile, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ConfigurationError } from '../services/errors';
import { type Randomness, systemRandomness } from '../services/randomness';
import type { Config } from './config';

export interface Secrets {
  /** Opens every Direct Line conversation; for servers only. */
  readonly directLineSecret: string;
  /** Signs Direct Line tokens; 32 bytes. */
  readonly tokenSigningKey: Buffer;
  /** Keys the digests of one-time codes and phone numbers; 32 bytes. */
  readonly otpKey: Buffer;
  /** Seals the inbox (AES-256); 32 bytes. */
  readonly inboxSealingKey: Buffer;
}

const fileName = 'secrets.json';
const key = z
  .string()
  .regex(/^[\w-]{43}$/)
  .transform((text) => Buffer.from(text, 'base64url'));
const secretsFile = z.object({
  version: z.literal(1),
  directLineSecret: z.string().regex(/^[\w-]{43}$/),
  tokenSigningKey: key,
  otpKey: key,
  inboxSealingKey: key,
});

/**
 * The server's own secrets: made at first start, kept in `secrets.json` (mode 0600) under `varDir`. A Direct
 * Line secret in the settings takes the place of the made one.
 * @throws ConfigurationError naming the file when it is damaged, or VAR_DIR when it cannot be used
 */
export async function loadSecrets(
  varDir: string,
  config: Pick<Config, 'directLineSecret'>,
  randomness: Randomness = systemRandomness,
): Promise<Secrets> {
  const path = join(varDir, fileName);
  const { version: _, ...kept } = (await readSecrets(path)) ?? (await makeSecrets(path, randomness));
  return { ...kept, directLineSecret: config.directLineSecret ?? kept.directLineSecret };
}

/**
 * Looks at the secrets, if there are any yet, and writes nothing.
 * @throws ConfigurationError naming the file when it is damaged or cannot be read
 */
export async function assertSecretsSound(varDir: string): Promise<void> {
  await readSecrets(join(varDir, fileName));
}

async function readSecrets(path: string): Promise<z.output<typeof secretsFile> | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
    // Somebody may have copied the file around; its content is for this user alone.
    await chmod(path, 0o600);
  } catch (cause) {
    if (isErrno(cause, 'ENOENT')) return undefined;
    throw new ConfigurationError(`${path} cannot be read; check VAR_DIR and the file's owner.`, { cause });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  const parsed = secretsFile.safeParse(json);
  // No cause: it would quote the file.
  if (!parsed.success) {
    throw new ConfigurationError(
      `${path} is damaged. Restore it from a backup, or remove it: then waiting messages are lost and chats start anew.`,
    );
  }
  return parsed.data;
}

async function makeSecrets(path: string, randomness: Randomness): Promise<z.output<typeof secretsFile>> {
  const make = () => randomness.bytes(32).toString('base64url');
  const fresh = {
    version: 1,
    directLineSecret: make(),
    tokenSigningKey: make(),
    otpKey: make(),
    inboxSealingKey: make(),
  };
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeOnce(path, `${path}.${randomness.uuid()}.tmp`, `${JSON.stringify(fresh, null, 2)}\n`);
  } catch (cause) {
    throw new ConfigurationError(`${path} cannot be written; check VAR_DIR.`, { cause });
  }
  // Read back: another process may have been first, and its keys are then the ones that count.
  const kept = await readSecrets(path);
  if (kept === undefined) throw new ConfigurationError(`${path} vanished while the server was starting.`);
  return kept;
}

/** Writes a whole file or none; a file that is there already stays. */
async function writeOnce(path: string, temporary: string, text: string): Promise<void> {
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(temporary, path);
    await unlink(temporary);
  } catch (error) {
    if (isErrno(error, 'EEXIST')) await unlink(temporary);
    // Some file systems have no hard links.
    else await rename(temporary, path);
  }
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function isErrno(error: unknown, code: string): boolean {
  return Object(error).code === code;
}

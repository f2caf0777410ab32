import { TransientFailure } from '../../resilience/callPolicy';

/** A page of 100 bills is about 150 KB. */
const maxBodyBytes = 2 * 1_024 * 1_024;

/**
 * The body of an answer as JSON.
 * @throws TransientFailure when it breaks off or is none; Error when it is longer than 2 MiB, unpacked
 */
export async function readJson(response: Response): Promise<unknown> {
  const type = response.headers.get('content-type') ?? '';
  if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(type)) {
    await response.body?.cancel().catch(() => {});
    throw new TransientFailure('the answer is not JSON');
  }
  const text = await readText(response);
  try {
    return JSON.parse(text);
  } catch (cause) {
    // The cause would quote the body.
    throw new TransientFailure(`the answer is broken JSON (${Object(cause).name})`);
  }
}

async function readText(response: Response): Promise<string> {
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const piece = await reader.read().catch((cause: unknown) => {
      throw new TransientFailure('the answer broke off', { cause });
    });
    if (piece.done) return Buffer.concat(pieces).toString('utf8');
    bytes += piece.value.byteLength;
    if (bytes > maxBodyBytes) {
      await reader.cancel().catch(() => {});
      throw new Error(`the answer is longer than ${maxBodyBytes} bytes`);
    }
    pieces.push(piece.value);
  }
}

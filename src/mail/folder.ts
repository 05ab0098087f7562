// Writes mails into files instead of sending them, for development. A file holds a token, so only
// its owner may read it.

import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deliver } from './delivery.ts';

/** Calls `wrote` with the mail's purpose and the file's name. */
export function createFolder(
  folder: string,
  wrote: (purpose: string, file: string) => void,
): Deliver {
  return async function deliver(message, purpose) {
    // Loaded with the first mail: the start does not need it.
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
    const { message: source } = await transport.sendMail(message);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const time = new Date().toISOString().replace(/[:.]/g, '-');
    const name = `${time}-${purpose.replace('_', '-')}-${randomBytes(3).toString('hex')}`;
    const write = (ending: string, content: string | Buffer) =>
      writeFile(join(folder, `${name}${ending}`), content, { mode: 0o600, flag: 'wx' });
    await write('.eml', source as Buffer);
    // A mail wraps and encodes long lines, and the link is one. From this file it can be copied.
    await write('.txt', message.text);
    wrote(purpose, `${name}.txt`);
  };
}

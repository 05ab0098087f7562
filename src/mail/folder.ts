// Writes mails into files instead of sending them, for development. A file holds a token: only its owner may read it.

import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deliver } from './delivery.ts';

/** `wrote` is told what was written: the mail's purpose and the file's name. */
export function createFolder(
  folder: string,
  wrote: (purpose: string, file: string) => void,
): Deliver {
  return async function deliver(message, purpose) {
    const { createTransport } = await import('nodemailer'); // with the first mail: a start does without it
    const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
    const { message: source } = await transport.sendMail(message);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const time = new Date().toISOString().replace(/[:.]/g, '-');
    const name = `${time}-${purpose.replace('_', '-')}-${randomBytes(3).toString('hex')}`;
    const write = (ending: string, content: string | Buffer) =>
      writeFile(join(folder, `${name}${ending}`), content, { mode: 0o600, flag: 'wx' });
    await write('.eml', source as Buffer);
    // A mail breaks and encodes long lines, and the link is one: here it can be copied.
    await write('.txt', message.text);
    wrote(purpose, `${name}.txt`);
  };
}

// Reads a new password from a terminal (twice, without echo) or from stdin, or generates one. Never
// from an argument: other users see arguments in the process list, and the shell records them.

import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { CommandError, UsageError } from './run.ts';

export interface PasswordOptions {
  readonly passwordStdin?: true;
  readonly generatePassword?: true;
}

export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

export interface NewPassword {
  readonly password: string;
  /** `true`: the caller has to show the password, because the user does not know it. */
  readonly generated: boolean;
}

/**
 * @throws UsageError when no option names a source and stdin is not a terminal, or when stdin holds
 * no password, several lines, or text that is not UTF-8. CommandError when the user enters no
 * password, or two different ones.
 */
export async function readPassword(
  { passwordStdin, generatePassword }: PasswordOptions,
  terminal: Terminal,
): Promise<NewPassword> {
  if (generatePassword) return { password: randomBytes(18).toString('base64url'), generated: true };
  if (passwordStdin)
    return { password: withoutNewline(decoded(await buffer(terminal.input))), generated: false };
  if (!terminal.input.isTTY) {
    throw new UsageError(
      'There is no terminal to ask for the password. ' +
        'Write it to stdin with --password-stdin, or add --generate-password.',
    );
  }
  return { password: await askTwice(terminal), generated: false };
}

/** Strict: a lenient decoder would replace the bytes, and store a different password. */
function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError('The password on stdin is not UTF-8.');
  }
}

/**
 * Removes the newline that `echo` and editors add. A password of several lines is refused: it is a
 * mistake, for example the wrong file.
 */
function withoutNewline(typed: string): string {
  const password = typed.replace(/\r?\n$/, '');
  if (password === '') throw new UsageError('There is no password on stdin.');
  if (/[\r\n]/.test(password))
    throw new UsageError('There is more than one line on stdin: a password is one line.');
  return password;
}

async function askTwice({ input, output }: Terminal): Promise<string> {
  const nowhere = new Writable({
    write(_chunk, _encoding, done) {
      done();
    },
  });
  const reader = createInterface({ input, output: nowhere, terminal: true, historySize: 0 });
  const lines = reader[Symbol.asyncIterator]();
  const ask = async (question: string): Promise<string> => {
    output.write(question);
    // Ctrl-C and Ctrl-D close the reader.
    const typed = await lines.next();
    output.write('\n');
    if (typed.done || typed.value === '')
      throw new CommandError('No password was given; nothing was done.');
    return typed.value;
  };
  try {
    const password = await ask('New password: ');
    if ((await ask('Once more: ')) !== password)
      throw new CommandError('The two passwords differ; nothing was done.');
    return password;
  } finally {
    reader.close();
  }
}

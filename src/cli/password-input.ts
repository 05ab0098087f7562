// Where a command gets a new password from: asked for twice on a terminal without an echo, read from stdin, or made here. Never from an
// argument, which other users of the machine see in the list of processes, and the shell keeps in its history.

import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { CommandError, UsageError } from './run.ts';

export interface PasswordOptions {
  readonly passwordStdin?: true;
  readonly generatePassword?: true;
}

export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

/** `generated`: whoever asked does not know it yet. */
export interface NewPassword {
  readonly password: string;
  readonly generated: boolean;
}

/** @throws UsageError when there is no terminal and no other way was asked for, CommandError when none is given */
export async function readPassword(
  { passwordStdin, generatePassword }: PasswordOptions,
  terminal: Terminal,
): Promise<NewPassword> {
  if (generatePassword) return { password: randomBytes(18).toString('base64url'), generated: true };
  if (passwordStdin)
    return { password: withoutNewline(await text(terminal.input)), generated: false };
  if (!terminal.input.isTTY) {
    throw new UsageError(
      'There is no terminal to ask for the password on. Add --password-stdin and write it there, or --generate-password.',
    );
  }
  return { password: await askTwice(terminal), generated: false };
}

/** `echo` and editors end a line; a password that spans lines is a mistake, such as the wrong file. */
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
    // Ctrl-C and Ctrl-D end the lines.
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

// Hands mails to the mail server at SMTP_URL. The one place that knows the server's credentials: they are in no error, and what the server says,
// which may quote the address, is in none either. They travel unencrypted to no other machine.

import { createTransport } from 'nodemailer';
import type { Deliver } from './post.ts';

/** Milliseconds that each step may take, and that the whole mail may. The outbox counts on the latter. */
const stepLimit = 5_000;
const limit = 8_000;

export class MailError extends Error {
  override name = 'MailError';
}

/** `url`: smtp:// (STARTTLS where the server offers it, and always when there are credentials) or smtps://. */
export function createSmtp(url: string): Deliver {
  const { username, hostname } = new URL(url);
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  const transport = createTransport({
    url,
    requireTLS: username !== '' && !isHere,
    connectionTimeout: stepLimit,
    greetingTimeout: stepLimit,
    dnsTimeout: stepLimit,
    socketTimeout: stepLimit,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async function deliver(message) {
    try {
      await transport.sendMail({ ...message, signal: AbortSignal.timeout(limit) });
    } catch (error) {
      throw new MailError(reasonOf(error));
    }
  };
}

/** `the mail server refused it (EAUTH, 535 to AUTH PLAIN)`: codes and the command's name, and nothing that anybody wrote. */
function reasonOf(error: unknown): string {
  const { code, originalCode, responseCode, command } = error as Record<string, unknown>;
  const about = [code, originalCode].filter((part) => typeof part === 'string' && /^[A-Z_]{1,40}$/.test(part));
  if (typeof responseCode !== 'number') return `the mail server is away (${about.join(', ') || 'no answer in time'})`;
  const verb = typeof command === 'string' && /^[A-Z]+( [A-Z0-9-]+)?$/.test(command) ? ` to ${command}` : '';
  return `the mail server refused it (${[...about, `${responseCode}${verb}`].join(', ')})`;
}

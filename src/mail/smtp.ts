// Hands mails to the mail server at SMTP_URL. The one place that knows the server's credentials: they are in no error, and what the server says,
// which may quote the address, is in none either. They travel unencrypted to no other machine.

import type { Failure, MailFailure } from '../domain/mailing/mail-claims.ts';
import type { Deliver } from './delivery.ts';

/** Milliseconds. All of them together must stay below the two minutes for which a node claims a row of the outbox. */
export interface SmtpLimits {
  /** From looking up the server's name to its greeting, with encryption. */
  readonly connect: number;
  /** From the beginning until the server asks for the message's text. */
  readonly envelope: number;
  /**
   * From then on until it has answered. RFC 5321, section 4.5.3.2.6, has a client wait ten minutes, since a server that is cut off here may deliver
   * the mail all the same; servers that look for spam and viruses at this point take seconds.
   */
  readonly answer: number;
}

const defaultLimits: SmtpLimits = { connect: 5_000, envelope: 8_000, answer: 60_000 };

export class MailError extends Error implements MailFailure {
  override name = 'MailError';
  readonly failure: Failure;

  constructor(failure: Failure, reason: string) {
    super(reason);
    this.failure = failure;
  }
}

/** `url`: smtp:// (STARTTLS where the server offers it, and always when there are credentials) or smtps://. */
export function createSmtp(url: string, someLimits: Partial<SmtpLimits> = {}): Deliver {
  const limits = { ...defaultLimits, ...someLimits };
  const { username, hostname } = new URL(url);
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  const options = {
    url,
    requireTLS: username !== '' && !isHere,
    connectionTimeout: limits.connect,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  return async function deliver(message, _purpose, stop) {
    const { createTransport } = await import('nodemailer'); // with the first mail: a start does without it
    const transport = createTransport(options);
    const time = limitTime(limits.envelope);
    let hasText = false;
    transport.use('stream', (mail, done) => {
      mail.message.processFunc((text) =>
        // It flows once the server has asked for it.
        text.once('resume', () => {
          hasText = true;
          time.limit(limits.answer);
        }),
      );
      done();
    });
    try {
      await transport.sendMail({ ...message, signal: AbortSignal.any([stop, time.isUp]) });
    } catch (error) {
      throw mailErrorOf(error, hasText);
    } finally {
      time.forget();
    }
  };
}

/** Aborts `isUp` after so many milliseconds; `limit` begins anew, with others. */
function limitTime(milliseconds: number): {
  readonly isUp: AbortSignal;
  limit(milliseconds: number): void;
  forget(): void;
} {
  const controller = new AbortController();
  const begin = (span: number) =>
    setTimeout(() => {
      controller.abort();
    }, span);
  let timer = begin(milliseconds);
  const forget = () => {
    clearTimeout(timer);
  };
  return {
    isUp: controller.signal,
    limit(span) {
      forget();
      timer = begin(span);
    },
    forget,
  };
}

/** `hasText`: whether the server may have the message's text. */
function mailErrorOf(error: unknown, hasText: boolean): MailError {
  const { code, originalCode, responseCode, command } = error as Record<string, unknown>;
  const about = [code, originalCode].filter(
    (part) => typeof part === 'string' && /^[A-Z_]{1,40}$/.test(part),
  );
  // Codes and the command's name, and nothing that anybody wrote.
  if (typeof responseCode === 'number' && responseCode >= 400) {
    const verb =
      typeof command === 'string' && /^[A-Z]+( [A-Z0-9-]+)?$/.test(command) ? ` to ${command}` : '';
    return new MailError(
      refusalOf(responseCode, command),
      `the mail server refused it (${[...about, `${responseCode}${verb}`].join(', ')})`,
    );
  }
  const codes = about.join(', ') || 'no answer in time';
  if (hasText)
    return new MailError(
      'unanswered',
      `the mail server did not say whether it takes it (${codes})`,
    );
  return new MailError('away', `the mail server is away (${codes})`);
}

/**
 * What a reply from 400 on says: of this mail, to RCPT and DATA alone; anywhere else, of all mails. So do, wherever they come, 421 (the server
 * closes), 503 (it is lost in the sequence of commands) and 530 (it wants to know who we are; RFC 4954, section 6).
 */
function refusalOf(responseCode: number, command: unknown): Failure {
  const isOfMail =
    (command === 'RCPT TO' || command === 'DATA') && ![421, 503, 530].includes(responseCode);
  if (!isOfMail) return 'away';
  return responseCode >= 500 ? 'refused' : 'put_off';
}

// Hands mails to the mail server at SMTP_URL. The one place that knows the server's credentials:
// they are in no error, and they never travel unencrypted to another machine. No error contains the
// server's own text either, because it may quote the address.

import type { Failure, MailFailure } from '../domain/mailing/mail-claims.ts';
import type { Deliver } from './delivery.ts';

/** Milliseconds. Their sum must stay below the two minutes that a node claims an outbox row. */
export interface SmtpLimits {
  /** From the look-up of the server's name to its greeting, including encryption. */
  readonly connect: number;
  /** From the beginning until the server asks for the message's text. */
  readonly envelope: number;
  /**
   * From then until the server has answered. RFC 5321, section 4.5.3.2.6, has a client wait ten
   * minutes, since a server that is cut off here may still deliver the mail. Servers that look for
   * spam and viruses at this point take seconds.
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

/** `url`: smtp:// (STARTTLS if the server offers it, and always with credentials) or smtps://. */
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
    // Loaded with the first mail: the start does not need it.
    const { createTransport } = await import('nodemailer');
    const transport = createTransport(options);
    const time = limitTime(limits.envelope);
    let hasText = false;
    transport.use('stream', (mail, done) => {
      mail.message.processFunc((text) =>
        // The text flows once the server has asked for it.
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

/** Aborts `isUp` after this many milliseconds; `limit` restarts the time with another limit. */
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

/** `hasText`: whether the server may already have the message's text. */
function mailErrorOf(error: unknown, hasText: boolean): MailError {
  const { code, originalCode, responseCode, command } = error as Record<string, unknown>;
  const about = [code, originalCode].filter(
    (part) => typeof part === 'string' && /^[A-Z_]{1,40}$/.test(part),
  );
  // Only codes and the command's name, and no free text.
  if (typeof responseCode === 'number' && responseCode >= 400) {
    const verb =
      typeof command === 'string' && /^[A-Z]+( [A-Z0-9-]+)?$/.test(command) ? ` to ${command}` : '';
    return new MailError(
      refusalOf(responseCode, command),
      `the mail server refused a command (${[...about, `${responseCode}${verb}`].join(', ')})`,
    );
  }
  const codes = about.join(', ') || 'no answer in time';
  if (hasText)
    return new MailError('unanswered', `the mail server did not confirm the mail (${codes})`);
  return new MailError('away', `the mail server is not available (${codes})`);
}

/**
 * What a reply with a code of 400 or more is about. A reply to RCPT or DATA is about this mail
 * alone; any other reply is about all mails. Three codes are always about all mails: 421 (the
 * server closes), 503 (wrong sequence of commands) and 530 (authentication is required; RFC 4954,
 * section 6).
 */
function refusalOf(responseCode: number, command: unknown): Failure {
  const isOfMail =
    (command === 'RCPT TO' || command === 'DATA') && ![421, 503, 530].includes(responseCode);
  if (!isOfMail) return 'away';
  return responseCode >= 500 ? 'refused' : 'put_off';
}

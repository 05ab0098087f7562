// Sends mails through the server at SMTP_URL or, outside production, writes them into a folder. In
// production without SMTP_URL, this service sends no mail.

import { join } from 'node:path';
import type { SendMailOptions } from 'nodemailer';
import type { Logger } from 'pino';
import type { Letter } from '../domain/mailing/mail-claims.ts';
import type { Send } from '../domain/mailing/outbox.ts';
import type { Deliver } from './delivery.ts';
import { createFolder } from './folder.ts';
import { write } from './letters.ts';
import { createSmtp, type SmtpLimits } from './smtp.ts';

export interface PostOptions {
  /** `null`: mails go into the folder `mail` in `dataDir`; in production none are sent. */
  readonly smtpUrl: string | null;
  /** `Name <address>`, or an address. */
  readonly mailFrom: string;
  /** The front end's address, without a slash at its end. */
  readonly appUrl: string;
  readonly dataDir: string;
  readonly production: boolean;
}

/** Milliseconds. `stop`: how long a mail in progress may still take when the service stops. */
export type PostLimits = Partial<SmtpLimits> & { readonly stop?: number };

/** `null` when this service sends no mail. */
export function createPost(
  options: PostOptions,
  logger: Logger,
  limits?: Partial<SmtpLimits>,
): Send | null {
  const deliver = delivery(options, logger, limits);
  if (!deliver) logger.warn('This service sends no mail: SMTP_URL is not set.');
  return deliver && ((letter, stop) => deliver(messageOf(letter, options), letter.purpose, stop));
}

function delivery(
  { smtpUrl, dataDir, production }: PostOptions,
  logger: Logger,
  limits?: Partial<SmtpLimits>,
): Deliver | null {
  if (smtpUrl !== null) return createSmtp(smtpUrl, limits);
  if (production) return null;
  return createFolder(join(dataDir, 'mail'), (purpose, file) => {
    logger.info({ purpose, file }, 'mail written');
  });
}

function messageOf(
  letter: Letter,
  { mailFrom, appUrl }: PostOptions,
): SendMailOptions & { readonly text: string } {
  const { subject, text } = write(letter, appUrl);
  return {
    from: mailFrom,
    // Not a text, because nodemailer would look for several addresses in it.
    to: { name: '', address: letter.to },
    subject,
    text,
    headers: { 'Auto-Submitted': 'auto-generated' }, // RFC 3834: no automatic reply comes back
  };
}

// A real mail server on loopback that keeps the mails it receives. It can be closed or slow, refuse
// mails, and require a password.

import { EventEmitter } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** By name, in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The token of the link; empty when the mail has no link. */
  readonly token: string;
  /** The link without its fragment. */
  readonly link: string;
}

export interface MailServer {
  readonly url: string;
  readonly mails: ReceivedMail[];
  /** Resolves with the next mail that arrives. */
  next(): Promise<ReceivedMail>;
  /** Refuses mails from now on; `null` accepts all mails again. */
  refuse(refusal: Refusal | null): void;
  close(): Promise<void>;
}

export interface Refusal {
  readonly code: number;
  readonly text?: string;
  /** `RCPT` by default. */
  readonly command?: 'MAIL' | 'RCPT' | 'DATA';
  /** Refuses only this recipient; all by default. */
  readonly recipient?: string;
}

interface MailServerOptions {
  /** Milliseconds from the receipt of a mail to the answer. */
  readonly answerAfter?: number;
  /** The port; a free one by default. Lets a test restart the server at the same address. */
  readonly port?: number;
  /** The credentials that the server requires; none by default. */
  readonly credentials?: { readonly user: string; readonly pass: string };
}

export async function startMailServer({
  port = 0,
  credentials,
  answerAfter = 0,
}: MailServerOptions = {}): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const arrivals = new EventEmitter<{ mail: [ReceivedMail] }>();
  let refusal: Refusal | null = null;
  const refusalOf = (command: string, recipients: readonly { readonly address: string }[] = []) => {
    const { recipient, code, text = 'no' } = refusal ?? {};
    const isMeant =
      recipient === undefined || recipients.some(({ address }) => address === recipient);
    return refusal && (refusal.command ?? 'RCPT') === command && isMeant
      ? Object.assign(new Error(text), { responseCode: code })
      : null;
  };
  const options: SMTPServerOptions = {
    logger: false,
    hideSTARTTLS: true,
    allowInsecureAuth: true,
    authOptional: credentials === undefined,
    onAuth({ username, password }, _session, done) {
      if (username === credentials?.user && password === credentials?.pass)
        done(null, { user: username });
      else done(new Error(`no, ${username ?? ''}, not with ${password ?? ''}`));
    },
    onMailFrom(_address, _session, done) {
      done(refusalOf('MAIL'));
    },
    onRcptTo(address, _session, done) {
      done(refusalOf('RCPT', [address]));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const refused = refusalOf('DATA', rcptTo);
        if (refused) {
          done(refused);
          return;
        }
        const from = mailFrom ? mailFrom.address : '';
        const to = rcptTo.map(({ address }) => address);
        const mail = { from, to, ...parseMail(Buffer.concat(chunks).toString('latin1')) };
        mails.push(mail);
        arrivals.emit('mail', mail);
        setTimeout(done, answerAfter);
      });
    },
  };
  const server = new SMTPServer(options);
  server.on('error', () => undefined); // a client that closed its connection
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: listening } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${listening}`,
    mails,
    next: () => new Promise((resolve) => arrivals.once('mail', resolve)),
    refuse(next) {
      refusal = next;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(resolve);
      }),
  };
}

/**
 * Parses a message of one part, as the service writes it: headers, an empty line, and plain or
 * quoted-printable text (RFC 2045).
 */
export function parseMail(
  source: string,
): Pick<ReceivedMail, 'headers' | 'text' | 'token' | 'link'> {
  const [head = '', ...rest] = source.replace(/\r\n/g, '\n').split('\n\n');
  const lines = head.replace(/\n[ \t]+/g, ' ').split('\n');
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  const body = rest.join('\n\n');
  const text = headers['content-transfer-encoding'] === 'quoted-printable' ? decode(body) : body;
  const [, link = '', token = ''] = /(https?:\S+)#token=(\S+)/.exec(text) ?? [];
  return { headers, text, token, link };
}

function decode(body: string): string {
  const bytes = body
    .replace(/=\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

// Readers that turn the text of an environment variable into a value. Each reader throws an Error
// when the text is wrong. Its message follows the variable's name and says what the text must be.
// It never repeats the text, because the text may be a secret.

import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import proxyAddr from 'proxy-addr';

const day = 86_400;
/** The same maximum as in the contract's JsonWebKeySet. */
const mostKeys = 20;

export function integer(least: number, most: number): (text: string) => number {
  return (text) => {
    if (!/^\d{1,9}$/.test(text) || Number(text) < least || Number(text) > most) {
      throw new Error(`must be a whole number from ${least} to ${most}`);
    }
    return Number(text);
  };
}

/** Reads `90s`, `15m`, `1h` or `30d` into seconds. `least` and `most` are seconds as well. */
export function duration(least: number, most: number): (text: string) => number {
  const secondsOf: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: day };
  return (text) => {
    const [, count = '', unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
    const seconds = Number(count) * (secondsOf[unit] ?? Number.NaN);
    if (!(seconds >= least && seconds <= most)) {
      throw new Error(
        'must be a time such as 90s, 15m, 1h or 30d, ' +
          `from ${least}s to ${most < day ? `${most}s` : `${most / day}d`}`,
      );
    }
    return seconds;
  };
}

export function oneOf<Choice extends string>(choices: readonly Choice[]): (text: string) => Choice {
  return (text) => {
    const choice = choices.find((known) => known === text);
    if (choice === undefined) throw new Error(`must be one of ${choices.join(', ')}`);
    return choice;
  };
}

export function onOff(text: string): boolean {
  if (text !== 'on' && text !== 'off') throw new Error('must be on or off');
  return text === 'on';
}

/**
 * Refuses a query: nodemailer reads settings from it, and one of them writes the credentials into
 * the log.
 */
export function smtpUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (
    !url ||
    !/^smtps?:$/.test(url.protocol) ||
    url.hostname === '' ||
    !/^\/?$/.test(url.pathname) ||
    url.search ||
    url.hash
  ) {
    throw new Error(
      'must be a URL such as smtps://user:password@mail.example.com:465, ' +
        'with nothing after the port',
    );
  }
  return text;
}

/**
 * Reads `Name <address>`, or an address. The name must not contain characters with a meaning in a
 * header (RFC 5322, section 3.2.3), so that it needs no quotes.
 */
export function mailbox(text: string): string {
  const [, named, bare] =
    /^[^<>()[\]:;@\\,."\p{Cc}]{1,100} <([^<>]+)>$|^([^<>]+)$/u.exec(text) ?? [];
  if (!/^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,255}$/.test(named ?? bare ?? '')) {
    throw new Error(
      'must be an address, or a name and an address: Rolegate <no-reply@example.com>',
    );
  }
  return text;
}

/** Returns the URL without a slash at its end. */
export function webUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (
    !url ||
    !/^https?:$/.test(url.protocol) ||
    /[?#\s]/.test(text) ||
    url.username ||
    url.password
  ) {
    throw new Error('must be a URL such as https://app.example.com, without a query or a fragment');
  }
  return url.href.replace(/\/+$/, '');
}

export function postgresUrl(text: string): string {
  if (!URL.canParse(text) || !/^postgres(ql)?:$/.test(new URL(text).protocol)) {
    throw new Error('must be a URL such as postgres://user:password@host:5432/database');
  }
  return text;
}

/**
 * Refuses `"`, `$` and `` ` ``: PostgreSQL's pg_ctl passes the path to a shell in double quotes.
 */
export function folder(text: string): string {
  if (/["$`]/.test(text)) throw new Error('must not contain ", $ or `');
  return text;
}

/**
 * Reads comma-separated secrets of at least 32 bytes each. An HS256 key must have at least as many
 * bits as the hash (RFC 7518, section 3.2).
 */
export function secrets(text: string): string[] {
  const all = text.split(',').map((secret) => secret.trim());
  if (all.some((secret) => Buffer.byteLength(secret) < 32)) {
    throw new Error(
      'must be at least 32 bytes (each, when there are several, comma-separated). ' +
        'Make one with: openssl rand -base64 48',
    );
  }
  return all;
}

/**
 * Reads comma-separated names of files. Each file holds one private key in PEM, without a password.
 * An error gives the position of a file and not its name, because the variable may hold the key
 * itself by mistake.
 */
export function privateKeys(text: string): KeyObject[] {
  const files = text.split(',').map((file) => file.trim());
  if (files.length > mostKeys) throw new Error(`must not name more than ${mostKeys} files`);
  if (new Set(files).size < files.length) throw new Error('must not name a file twice');
  return files.map((file, index) => {
    const fail = (what: string): never => {
      throw new Error(
        `must name files with private keys in PEM, comma-separated: number ${index + 1} ${what}. ` +
          'Make one with: npx rolegate keys new',
      );
    };
    const key =
      readKey(file) ?? fail('cannot be read, or holds no private key, or one with a password');
    return isForSigning(key)
      ? key
      : fail('is neither a P-256 key nor an RSA key of 2048 to 8192 bits');
  });
}

function readKey(file: string): KeyObject | null {
  try {
    return createPrivateKey(readFileSync(file));
  } catch {
    return null;
  }
}

/** Whether the key can sign ES256 or RS256 (RFC 7518, sections 3.3 and 3.4). */
function isForSigning({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  if (asymmetricKeyType === 'ec') return asymmetricKeyDetails?.namedCurve === 'prime256v1';
  const bits = asymmetricKeyDetails?.modulusLength ?? 0;
  return asymmetricKeyType === 'rsa' && bits >= 2048 && bits <= 8192;
}

export function origins(text: string): string[] {
  const all = text.split(',').map((origin) => origin.trim());
  if (all.some((origin) => !URL.canParse(origin) || new URL(origin).origin !== origin)) {
    throw new Error(
      'must be origins such as https://app.example.com, without a path, comma-separated',
    );
  }
  return all;
}

/**
 * Validates addresses with proxy-addr, as Express does for `trust proxy`.
 */
export function proxies(text: string): boolean | number | string {
  const value =
    text === 'true' || text === 'on'
      ? true
      : text === 'false' || text === 'off'
        ? false
        : /^\d+$/.test(text)
          ? Number(text)
          : text;
  try {
    if (typeof value === 'string') proxyAddr.compile(value.split(/\s*,\s*/));
    return value;
  } catch {
    throw new Error(
      'must be off, on, a number of proxies, or addresses such as loopback, 10.0.0.0/8',
    );
  }
}

// Every environment variable: its name, its default, how its text is read, and what it means. The
// configuration, .env.example and docs/reference/configuration.md come from this table.

import { logLevels, type Config } from './config.ts';
import {
  duration,
  folder,
  integer,
  mailbox,
  onOff,
  oneOf,
  origins,
  postgresUrl,
  privateKeys,
  proxies,
  secrets,
  smtpUrl,
  webUrl,
} from './values.ts';

/** The values of the variables; `Config` fills in what one variable takes from another. */
export type Settings = Omit<Config, 'appUrl'> & { readonly appUrl: string | null };

export interface Variable<Value> {
  readonly name: string;
  /** The value when the variable is not set: a text that `read` takes, or `null` for none. */
  readonly default: string | null;
  /** In words, where `default` does not say it. */
  readonly defaultInWords?: string;
  /** @throws Error whose message says, after the name, what the text must be */
  readonly read: (text: string) => Value;
  /** One to three sentences. */
  readonly about: string;
  /** Only read where tokens are signed: `rolegate keys new` makes the files that this names. */
  readonly signingOnly?: true;
  /** A value for .env.example, where the default is no example. */
  readonly example?: string;
}

const day = 86_400;
const mostWorkers = 64;

/** The members of `Config` in groups; the order is that of the documents. */
export const groups = {
  Listening: ['port', 'host', 'workers', 'trustProxy', 'corsOrigins'],
  Database: ['databaseUrl', 'databasePoolMax', 'preparedStatements', 'callerCache', 'dataDir'],
  'Keys and tokens': [
    'jwtSecrets',
    'jwtPrivateKeys',
    'jwtSignWith',
    'accessTokenTtl',
    'sessionTtl',
    'sessionIdleTtl',
    'refreshGrace',
  ],
  Passwords: ['bcryptCost', 'passwordHasher'],
  Mail: [
    'smtpUrl',
    'mailFrom',
    'appUrl',
    'passwordResetTtl',
    'emailVerificationTtl',
    'requireVerifiedEmail',
  ],
  'Audit and log': ['auditTtl', 'logLevel', 'production'],
} as const satisfies Readonly<Record<string, readonly (keyof Config)[]>>;

export const variables: { readonly [Key in keyof Settings]: Variable<Settings[Key]> } = {
  port: {
    name: 'PORT',
    default: '8080',
    read: integer(0, 65_535),
    about: 'The port to listen on. `0` picks a free port; the log names it.',
  },
  host: {
    name: 'HOST',
    default: '0.0.0.0',
    read: (text) => text,
    about: 'The address to listen on.',
  },
  workers: {
    name: 'WORKERS',
    default: '1',
    read: integer(1, mostWorkers),
    about: `Processes that serve the port, 1 to ${mostWorkers}. \`--workers\` overrides it.`,
  },
  trustProxy: {
    name: 'TRUST_PROXY',
    default: 'off',
    read: proxies,
    about:
      "Which proxies to trust for the client's address: `off`, `on`, a number of proxies, or " +
      'their addresses. These are the values of `trust proxy` in Express.',
  },
  corsOrigins: {
    name: 'CORS_ORIGINS',
    default: 'http://localhost:8081',
    read: origins,
    about: 'Origins whose pages may call the service, comma-separated.',
  },
  databaseUrl: {
    name: 'DATABASE_URL',
    default: null,
    defaultInWords: 'the embedded PostgreSQL',
    read: postgresUrl,
    about:
      'A PostgreSQL of your own. Behind a connection pooler in transaction mode, also set ' +
      '`CALLER_CACHE=off`, and see `PREPARED_STATEMENTS`.',
    example: 'postgres://user:password@localhost:5432/rolegate',
  },
  databasePoolMax: {
    name: 'DATABASE_POOL_MAX',
    default: '10',
    read: integer(1, 1_000),
    about:
      'Database connections at most, 1 to 1000, of all workers together. With `CALLER_CACHE=on`, ' +
      'each worker has one more, which listens for change notifications.',
  },
  preparedStatements: {
    name: 'PREPARED_STATEMENTS',
    default: 'on',
    read: onOff,
    about:
      'Set it to `off` behind a pooler in transaction mode that keeps no prepared statements: ' +
      'PgBouncer before 1.21, or with `max_prepared_statements = 0`.',
  },
  callerCache: {
    name: 'CALLER_CACHE',
    default: 'on',
    read: onOff,
    about:
      'With `off`, every request with a token asks the database. Needed behind a connection ' +
      "pooler, because PostgreSQL's `LISTEN` does not work through it.",
  },
  dataDir: {
    name: 'DATA_DIR',
    default: '.data',
    read: folder,
    about:
      'The folder of the embedded database, of the generated key, and of the mails when there is ' +
      'no mail server.',
  },
  jwtSecrets: {
    name: 'JWT_SECRET',
    default: null,
    defaultInWords: 'generated, with the embedded database only',
    read: secrets,
    about:
      'Signs access tokens (HS256): at least 32 bytes. Several are comma-separated: the first ' +
      'signs and all verify, so that a change signs no user out. Make one with ' +
      '`openssl rand -base64 48`.',
    example: '',
  },
  jwtPrivateKeys: {
    name: 'JWT_PRIVATE_KEY_FILE',
    signingOnly: true,
    default: '',
    defaultInWords: 'none',
    read: (text) => (text === '' ? [] : privateKeys(text)),
    about:
      'Files with private keys (PEM; P-256 for ES256, RSA for RS256), comma-separated: the first ' +
      'signs and all verify. Other services can then verify tokens with ' +
      '`/.well-known/jwks.json`. Make one with `npx rolegate keys new`.',
  },
  jwtSignWith: {
    name: 'JWT_SIGN_WITH',
    default: null,
    defaultInWords: '`private-key` when there is one',
    read: oneOf(['secret', 'private-key'] as const),
    about:
      'Which key signs when both kinds are set: `secret` or `private-key`. The other verifies.',
    example: 'private-key',
  },
  accessTokenTtl: {
    name: 'ACCESS_TOKEN_TTL',
    default: '1h',
    read: duration(1, 365 * day),
    about: 'Lifetime of an access token: `90s`, `15m`, `1h`, `30d`.',
  },
  sessionTtl: {
    name: 'SESSION_TTL',
    default: '30d',
    read: duration(1, 3_650 * day),
    about: 'Longest lifetime of a session.',
  },
  sessionIdleTtl: {
    name: 'SESSION_IDLE_TTL',
    default: '7d',
    read: duration(1, 3_650 * day),
    about: 'Lifetime of a session without a refresh.',
  },
  refreshGrace: {
    name: 'REFRESH_GRACE',
    default: '30s',
    read: duration(0, 600),
    about:
      'Time after a refresh in which the previous refresh token gets the same new tokens again: ' +
      'for two tabs, or a lost answer.',
  },
  bcryptCost: {
    name: 'BCRYPT_COST',
    default: '10',
    read: integer(10, 15),
    about: 'Cost of a password hash, 10 to 15. Each step doubles the time.',
  },
  passwordHasher: {
    name: 'PASSWORD_HASHER',
    default: 'auto',
    read: oneOf(['auto', 'interleaved', 'native', 'bcryptjs'] as const),
    about:
      'What runs bcrypt: our own `interleaved` (three passwords at once in a thread), `native` ' +
      '(@node-rs/bcrypt), or `bcryptjs`. They read the hashes of each other. `auto` takes the ' +
      'first of them that passes its self-test, and logs it.',
  },
  smtpUrl: {
    name: 'SMTP_URL',
    default: null,
    defaultInWords: 'none',
    read: smtpUrl,
    about:
      'The mail server: `smtp://` or `smtps://`, with user and password where it needs them. ' +
      'Without it, mails are written into `DATA_DIR/mail`; in production, no mail is sent.',
    example: 'smtps://user:password@mail.example.com:465',
  },
  mailFrom: {
    name: 'MAIL_FROM',
    default: 'Rolegate <no-reply@localhost>',
    read: mailbox,
    about: 'The sender of mails. Must be set when `SMTP_URL` is.',
    example: 'Rolegate <no-reply@example.com>',
  },
  appUrl: {
    name: 'APP_URL',
    default: null,
    defaultInWords: 'the first of `CORS_ORIGINS`',
    read: webUrl,
    about:
      'The address of the front end. Mails link to `APP_URL/reset-password` and ' +
      '`APP_URL/verify-email`.',
    example: 'http://localhost:8081',
  },
  passwordResetTtl: {
    name: 'PASSWORD_RESET_TTL',
    default: '1h',
    read: duration(60, 7 * day),
    about: 'Lifetime of a link that sets a new password.',
  },
  emailVerificationTtl: {
    name: 'EMAIL_VERIFICATION_TTL',
    default: '24h',
    read: duration(60, 30 * day),
    about: 'Lifetime of a link that verifies an e-mail address.',
  },
  requireVerifiedEmail: {
    name: 'REQUIRE_VERIFIED_EMAIL',
    default: 'off',
    read: onOff,
    about: 'With `on`, only users with a verified e-mail address may sign in.',
  },
  auditTtl: {
    name: 'AUDIT_TTL',
    default: '365d',
    read: duration(day, 3_650 * day),
    about: 'How long audit events are kept, `1d` to `3650d`.',
  },
  logLevel: {
    name: 'LOG_LEVEL',
    default: 'info',
    read: oneOf(logLevels),
    about: `${logLevels
      .slice(0, -1)
      .map((level) => `\`${level}\``)
      .join(', ')} or \`silent\`.`,
  },
  production: {
    name: 'NODE_ENV',
    default: '',
    defaultInWords: 'not set',
    read: (text) => text === 'production',
    about:
      '`production`: the log is JSON on a terminal as well, and answers are no longer checked ' +
      'against the contract before they are sent.',
  },
};

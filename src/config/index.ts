// Reads the configuration from environment variables. All mistakes are told at once, by the variable's name and never with its value,
// which may be a secret. The result is frozen; nothing else reads the environment.

import type { KeyObject } from 'node:crypto';
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

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Processes that serve on the port. */
  readonly workers: number;
  /** null: the embedded database in `dataDir`. */
  readonly databaseUrl: string | null;
  /** Of all processes together. */
  readonly databasePoolMax: number;
  /** Whether statements are prepared by name. */
  readonly preparedStatements: boolean;
  /** Whether callers are kept, and changes of them listened to. */
  readonly callerCache: boolean;
  readonly dataDir: string;
  /** null: none is set; with the embedded database, one is made and kept in `dataDir`. */
  readonly jwtSecrets: readonly string[] | null;
  /** Verify; the first one signs, unless `jwtSignWith` says otherwise. */
  readonly jwtPrivateKeys: readonly KeyObject[];
  /** null: a private key where there is one. */
  readonly jwtSignWith: 'secret' | 'private-key' | null;
  /** Seconds. */
  readonly accessTokenTtl: number;
  /** Seconds that a session lives at most. */
  readonly sessionTtl: number;
  /** Seconds that a session lives without a refresh. */
  readonly sessionIdleTtl: number;
  /** Seconds in which the refresh token before the last gives the same tokens again. */
  readonly refreshGrace: number;
  readonly bcryptCost: number;
  readonly passwordHasher: 'interleaved' | 'native' | 'bcryptjs';
  readonly corsOrigins: readonly string[];
  /** null: mails are written into `dataDir`; in production, none are sent. */
  readonly smtpUrl: string | null;
  /** Whom mails are from: `Name <address>`, or an address. */
  readonly mailFrom: string;
  /** Where the front end lives, which mails link to; without a slash at its end. */
  readonly appUrl: string;
  /** Seconds that audit events are kept. */
  readonly auditTtl: number;
  /** Seconds that a link to a new password is good for. */
  readonly passwordResetTtl: number;
  /** Seconds that a link to verify an e-mail address is good for. */
  readonly emailVerificationTtl: number;
  /** Whether only users whose e-mail address is verified may sign in. */
  readonly requireVerifiedEmail: boolean;
  /** What Express's `trust proxy` takes. */
  readonly trustProxy: boolean | number | string;
  readonly logLevel: LogLevel;
  /** JSON logs, and answers are not checked against the contract before they are sent. */
  readonly production: boolean;
}

/** What the app needs of it; the rest is about the process, its port, its database and its keys. */
export type AppConfig = Omit<
  Config,
  | 'port'
  | 'host'
  | 'workers'
  | 'databaseUrl'
  | 'databasePoolMax'
  | 'preparedStatements'
  | 'jwtSecrets'
  | 'jwtPrivateKeys'
  | 'jwtSignWith'
  | 'logLevel'
>;

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];
export type Environment = Readonly<Record<string, string | undefined>>;

export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly mistakes: readonly string[];
  constructor(mistakes: readonly string[]) {
    super(
      `The configuration cannot be used:\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`,
    );
    this.mistakes = mistakes;
  }
}

const day = 86_400;
const mostWorkers = 64;

export interface ConfigNeeds {
  /** Whether tokens will be signed; the commands for migrations and roles sign none. */
  readonly signing?: boolean;
}

/** @throws ConfigError that lists every mistake */
export function loadConfig(environment: Environment, { signing = true }: ConfigNeeds = {}): Config {
  const mistakes: string[] = [];
  // A variable that is set to nothing counts as not set, as in a .env file whose lines were left empty.
  const read = <Value>(name: string, fallback: Value, parse: (text: string) => Value): Value => {
    const text = environment[name]?.trim();
    if (!text) return fallback;
    try {
      return parse(text);
    } catch (error) {
      mistakes.push(`${name} ${(error as Error).message}`);
      return fallback;
    }
  };

  const databaseUrl = read<string | null>('DATABASE_URL', null, postgresUrl);
  const corsOrigins = read('CORS_ORIGINS', ['http://localhost:8081'], origins);
  const config: Config = {
    port: read('PORT', 8080, integer(0, 65_535)),
    host: read('HOST', '0.0.0.0', (text) => text),
    workers: read('WORKERS', 1, integer(1, mostWorkers)),
    databaseUrl,
    databasePoolMax: read('DATABASE_POOL_MAX', 10, integer(1, 1_000)),
    preparedStatements: read('PREPARED_STATEMENTS', true, onOff),
    callerCache: read('CALLER_CACHE', true, onOff),
    dataDir: read('DATA_DIR', '.data', folder),
    jwtSecrets: read<string[] | null>('JWT_SECRET', null, secrets),
    // A command that signs nothing may run before the files are there: `npx rolegate keys new` makes them.
    jwtPrivateKeys: signing ? read<KeyObject[]>('JWT_PRIVATE_KEY_FILE', [], privateKeys) : [],
    jwtSignWith: read<Config['jwtSignWith']>(
      'JWT_SIGN_WITH',
      null,
      oneOf(['secret', 'private-key'] as const),
    ),
    accessTokenTtl: read('ACCESS_TOKEN_TTL', 3_600, duration(1, 365 * day)),
    sessionTtl: read('SESSION_TTL', 30 * day, duration(1, 3_650 * day)),
    sessionIdleTtl: read('SESSION_IDLE_TTL', 7 * day, duration(1, 3_650 * day)),
    refreshGrace: read('REFRESH_GRACE', 30, duration(0, 600)),
    bcryptCost: read('BCRYPT_COST', 10, integer(10, 15)),
    passwordHasher: read<Config['passwordHasher']>(
      'PASSWORD_HASHER',
      'interleaved',
      oneOf(['interleaved', 'native', 'bcryptjs'] as const),
    ),
    corsOrigins,
    smtpUrl: read<string | null>('SMTP_URL', null, smtpUrl),
    mailFrom: read('MAIL_FROM', 'Rolegate <no-reply@localhost>', mailbox),
    appUrl: read('APP_URL', corsOrigins[0] ?? '', webUrl),
    passwordResetTtl: read('PASSWORD_RESET_TTL', 3_600, duration(60, 7 * day)),
    emailVerificationTtl: read('EMAIL_VERIFICATION_TTL', day, duration(60, 30 * day)),
    auditTtl: read('AUDIT_TTL', 365 * day, duration(day, 3_650 * day)),
    requireVerifiedEmail: read('REQUIRE_VERIFIED_EMAIL', false, onOff),
    trustProxy: read<Config['trustProxy']>('TRUST_PROXY', false, proxies),
    logLevel: read('LOG_LEVEL', 'info', oneOf(logLevels)),
    production: environment['NODE_ENV'] === 'production',
  };
  if (signing)
    mistakes.push(...contradictions(config, (name) => Boolean(environment[name]?.trim())));
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return Object.freeze(config);
}

/** What is wrong only together with something else. */
function* contradictions(config: Config, isSet: (name: string) => boolean): Generator<string> {
  if (isSet('DATABASE_URL') && !isSet('JWT_SECRET') && !isSet('JWT_PRIVATE_KEY_FILE')) {
    yield 'JWT_SECRET must be set when DATABASE_URL is (make one with: openssl rand -base64 48), or JWT_PRIVATE_KEY_FILE (npx rolegate keys new)';
  }
  if (config.jwtSignWith === 'secret' && isSet('DATABASE_URL') && !isSet('JWT_SECRET'))
    yield 'JWT_SIGN_WITH must not be secret when JWT_SECRET is not set';
  if (config.jwtSignWith === 'private-key' && !isSet('JWT_PRIVATE_KEY_FILE'))
    yield 'JWT_SIGN_WITH must not be private-key when JWT_PRIVATE_KEY_FILE is not set';
  if (isSet('SMTP_URL') && !isSet('MAIL_FROM')) yield 'MAIL_FROM must be set when SMTP_URL is';
  if (config.requireVerifiedEmail && config.production && !isSet('SMTP_URL')) {
    yield 'REQUIRE_VERIFIED_EMAIL must be off in production when SMTP_URL is not set: nobody could verify an address';
  }
}

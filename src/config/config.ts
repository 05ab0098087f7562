// The types of the configuration. All times are in seconds.

import type { KeyObject } from 'node:crypto';

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Number of processes that serve the port. */
  readonly workers: number;
  /** `null` for the embedded database in `dataDir`. */
  readonly databaseUrl: string | null;
  /** The most database connections of all processes together. */
  readonly databasePoolMax: number;
  /** Whether SQL statements are prepared by name. */
  readonly preparedStatements: boolean;
  /** Whether callers are cached, with notifications of their changes. */
  readonly callerCache: boolean;
  readonly dataDir: string;
  /** `null` when not set. With the embedded database, one is created and kept in `dataDir`. */
  readonly jwtSecrets: readonly string[] | null;
  /** All keys verify. The first key signs, unless `jwtSignWith` is `secret`. */
  readonly jwtPrivateKeys: readonly KeyObject[];
  /** `null`: sign with a private key when one is set, otherwise with the secret. */
  readonly jwtSignWith: 'secret' | 'private-key' | null;
  /** Seconds. */
  readonly accessTokenTtl: number;
  /** The longest life of a session, in seconds. */
  readonly sessionTtl: number;
  /** Seconds that a session lives without a refresh. */
  readonly sessionIdleTtl: number;
  /** Seconds in which the previous refresh token returns the same tokens again. */
  readonly refreshGrace: number;
  readonly bcryptCost: number;
  /** `auto`: the first that works, in this order: interleaved, native, bcryptjs. */
  readonly passwordHasher: 'auto' | 'interleaved' | 'native' | 'bcryptjs';
  readonly corsOrigins: readonly string[];
  /** `null`: mails are written to files in `dataDir`. In production, no mail is sent. */
  readonly smtpUrl: string | null;
  /** The sender of mails: `Name <address>`, or an address. */
  readonly mailFrom: string;
  /** URL of the front end, without a slash at its end. Mails link to it. */
  readonly appUrl: string;
  /** Seconds that audit events are kept. */
  readonly auditTtl: number;
  /** Seconds that a link to a new password is valid. */
  readonly passwordResetTtl: number;
  /** Seconds that a link to verify an e-mail address is valid. */
  readonly emailVerificationTtl: number;
  /** Whether only users whose e-mail address is verified may sign in. */
  readonly requireVerifiedEmail: boolean;
  /** A value for Express's `trust proxy`. */
  readonly trustProxy: boolean | number | string;
  readonly logLevel: LogLevel;
  /** Logs are JSON, and responses are not validated against the contract before they are sent. */
  readonly production: boolean;
}

/** The part that the app needs. The rest configures the process, port, database and keys. */
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

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

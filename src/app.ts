// The composition root: builds each capability and passes its dependencies. No other file does so.
// The order: tokens, callers, passwords, mailing, users, sessions.

import type { Knex } from 'knex';
import type { Logger } from 'pino';
import type { AppConfig } from './config/index.ts';
import type { Contract } from './contract/document.ts';
import { toOpenApi30 } from './contract/openapi-30.ts';
import { createOutages } from './db/outages.ts';
import { createRepositories } from './db/repositories.ts';
import { createAudit } from './domain/audit/index.ts';
import { createCallers } from './domain/callers/index.ts';
import { createHousekeeping, type Housekeeping } from './domain/housekeeping.ts';
import { createMailing, type Mailing } from './domain/mailing/index.ts';
import { createPasswords, type Passwords } from './domain/passwords/index.ts';
import { roles } from './domain/roles.ts';
import { createSessions } from './domain/sessions/index.ts';
import { createTokens, type TokensParts } from './domain/tokens/index.ts';
import { createUsers } from './domain/users/index.ts';
import { createHandlers } from './handlers/index.ts';
import { createHttp, type Http } from './http/index.ts';
import { createPages } from './http/page-files.ts';
import { createPost, type PostLimits } from './mail/post.ts';

export interface AppOptions {
  readonly config: AppConfig;
  readonly contract: Contract;
  readonly keys: TokensParts['keys'];
  readonly knex: Knex;
  /** The database of `knex`. The listener for change notifications opens its own connection. */
  readonly databaseUrl: string;
  readonly logger: Logger;
  readonly isDraining: () => boolean;
  /** Number of threads that hash passwords. Default: the number of cores. */
  readonly hashThreads?: number;
  /** The current time in milliseconds since 1970. Tests set it. */
  readonly now?: () => number;
  /** Time limits in milliseconds. Tests set them. */
  readonly mailLimits?: PostLimits;
}

export interface App extends Http, Pick<Passwords, 'ready'>, Pick<Mailing, 'outbox'> {
  readonly housekeeping: Housekeeping;
  /** Stops the outbox (after the mail it is sending), the threads and the listener, not `knex`. */
  close(): Promise<void>;
}

/** @throws ContractError when the contract requires something that the code does not have */
export function createApp(options: AppOptions): App {
  const { config, contract, keys, knex, logger, isDraining, mailLimits, now = Date.now } = options;
  const databaseUrl = config.callerCache ? options.databaseUrl : null;
  const warn = logger.warn.bind(logger);
  const repositories = createRepositories(knex, () => callers.catchUp());
  const outages = createOutages({ ping: repositories.ping, warn });
  const tokens = createTokens({ ...config, keys, now });
  const callers = createCallers({ ...tokens, repositories, databaseUrl, logger, now });
  const passwords = createPasswords({
    cost: config.bcryptCost,
    hasher: config.passwordHasher,
    workers: options.hashThreads,
    warn,
  });
  const mailing = createMailing({
    repositories,
    passwords,
    send: createPost(config, logger, mailLimits),
    times: config,
    warn,
    stopLimit: mailLimits?.stop,
    now,
  });
  const { identify } = callers;
  const { report: reportOutage } = outages;
  const linkTtl = Math.max(config.passwordResetTtl, config.emailVerificationTtl);
  const handlers = createHandlers({
    ...mailing,
    ...createUsers({ ...tokens, repositories, passwords, ...mailing, times: config, now }),
    ...createSessions({ repositories, passwords, tokens, ...config, now }),
    ...createAudit(repositories),
    contract,
    readPage: createPages(),
    renderContract30: toOpenApi30,
    publicKeys: tokens.publicKeys,
    ping: repositories.ping,
    isDraining,
  });
  return {
    ...createHttp({ config, contract, handlers, identify, roles, logger, reportOutage }),
    ready: passwords.ready,
    housekeeping: createHousekeeping({ repositories, auditTtl: config.auditTtl, linkTtl, now }),
    outbox: mailing.outbox,
    async close() {
      outages.close();
      await mailing.outbox.stop();
      await passwords.close();
      await callers.close();
    },
  };
}

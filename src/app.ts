// The composition root: builds the parts, hands them to each other, and states the order of the middleware. Nothing else wires anything.

import express, { type Express } from 'express';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import type { Config } from './config/index.ts';
import { listOperations, type Contract } from './contract/document.ts';
import type { Handlers } from './contract/operations.ts';
import { toOpenApi30 } from './contract/openapi-30.ts';
import { createCallerChanges, type CallerChanges } from './db/changes/caller-changes.ts';
import { createRepositories } from './db/repositories.ts';
import { createAccount } from './domain/users/account.ts';
import { createAccountSessions } from './domain/sessions/account-sessions.ts';
import { createAccessTokens } from './domain/tokens/access-tokens.ts';
import { createListAuditEvents } from './domain/audit/audit-log.ts';
import {
  createIdentify,
  type Caller,
  type Client,
  type Identify,
} from './domain/callers/caller.ts';
import { createCallerCache, type CallerCache } from './domain/callers/caller-cache.ts';
import type { HasherName } from './domain/passwords/hashers.js';
import { createMailedLinks } from './domain/mailing/mailed-links.ts';
import { createHousekeeping, type Housekeeping } from './domain/housekeeping.ts';
import { createKeyRing, type KeyMaterial } from './domain/tokens/key-ring.ts';
import { createPasswordPolicy } from './domain/passwords/password-policy.ts';
import { createOutbox, type Outbox, type OutboxTimes } from './domain/mailing/outbox.ts';
import { createPasswords } from './domain/passwords/passwords.ts';
import { roles } from './domain/roles.ts';
import { createRefreshTokens } from './domain/tokens/refresh-tokens.ts';
import { createSessions, type SessionTimes } from './domain/sessions/sign-in.ts';
import { createTokensFor } from './domain/tokens/session-tokens.ts';
import { createUserAdministration } from './domain/users/user-administration.ts';
import { createUserSessions } from './domain/sessions/user-sessions.ts';
import { createSignUp } from './domain/users/sign-up.ts';
import { createHandlers } from './handlers/index.ts';
import { createCors } from './http/cors.ts';
import { schemes } from './http/credentials.ts';
import { createErrorHandler, notFound } from './http/error-handler.ts';
import { createMessages, type Messages } from './http/messages.ts';
import { createRequestLog } from './http/request-log.ts';
import { createRouter } from './http/router.ts';
import { createIsTrusted } from './http/trusted-origin.ts';
import { createValidator } from './http/validator.ts';
import { createPost, type PostOptions } from './mail/post.ts';
import type { SmtpLimits } from './mail/smtp.ts';
import { createPages } from './http/page-files.ts';

export interface AppOptions {
  readonly config: Pick<
    Config,
    | 'accessTokenTtl'
    | 'auditTtl'
    | 'bcryptCost'
    | 'callerCache'
    | 'corsOrigins'
    | 'passwordHasher'
    | 'requireVerifiedEmail'
    | 'trustProxy'
    | keyof SessionTimes
    | keyof OutboxTimes
    | keyof PostOptions
  >;
  readonly contract: Contract;
  readonly keys: KeyMaterial;
  readonly knex: Knex;
  /** Where `knex` leads to; the listener for changes of callers connects there by itself. */
  readonly databaseUrl: string;
  readonly logger: Logger;
  readonly isDraining: () => boolean;
  /** How many threads hash passwords; by default as many as there are cores. */
  readonly hashThreads?: number;
  /** Milliseconds since 1970, for tests. */
  readonly now?: () => number;
  /** Milliseconds, for tests; `stop` is what a mail under way gets when the app closes. */
  readonly mailLimits?: Partial<SmtpLimits> & { readonly stop?: number };
}

export interface App {
  readonly handle: Express;
  readonly messages: Messages;
  /**
   * Prepares what most requests need and the first answer does not; they would wait for it.
   * @throws Error when a library is not the one that this was written for
   */
  warmUp(): Promise<void>;
  readonly housekeeping: Housekeeping;
  readonly outbox: Outbox;
  /** What hashes passwords. */
  readonly hasher: HasherName;
  /** Ends the outbox, with the mail that is under way, the hashing threads, and the listener. The database is its opener's to close. */
  close(): Promise<void>;
}

/** @throws ContractError when the contract asks for what the code does not have */
export function createApp(options: AppOptions): App {
  const {
    config,
    contract,
    keys,
    knex,
    databaseUrl,
    logger,
    isDraining,
    hashThreads,
    now = Date.now,
    mailLimits,
  } = options;
  const callers = config.callerCache ? keepCallers(databaseUrl, logger) : null;
  const repositories = createRepositories(knex, callers?.changes.catchUp);
  const keyRing = createKeyRing(keys);
  const accessTokens = createAccessTokens({ keyRing, now });
  const refreshTokens = createRefreshTokens(keyRing.refreshSecrets);
  const { accessTokenTtl, sessionIdleTtl, requireVerifiedEmail } = config;
  const tokensFor = createTokensFor({
    accessTokens,
    refreshTokens,
    accessTokenTtl,
    sessionIdleTtl,
    now,
  });
  const passwords = createPasswords({
    cost: config.bcryptCost,
    hasher: config.passwordHasher,
    workers: hashThreads,
  });
  const passwordPolicy = createPasswordPolicy(passwords);
  const outbox = createOutbox({
    repositories,
    send: createPost(config, logger, mailLimits),
    times: config,
    warn: logger.warn.bind(logger),
    stopLimit: mailLimits?.stop,
    now,
  });
  const handlers = createHandlers({
    signUp: createSignUp({ repositories, passwords, passwordPolicy, outbox, now }),
    sessions: createSessions({
      repositories,
      passwords,
      refreshTokens,
      tokensFor,
      times: config,
      requireVerifiedEmail,
      now,
    }),
    account: createAccount({ repositories, passwords, passwordPolicy, now }),
    accountSessions: createAccountSessions({ repositories, times: config, now }),
    mailedLinks: createMailedLinks({ repositories, passwords, passwordPolicy, outbox, now }),
    listAuditEvents: createListAuditEvents(repositories.auditEvents),
    userAdministration: createUserAdministration({
      repositories,
      passwords,
      passwordPolicy,
      outbox,
      now,
    }),
    userSessions: createUserSessions({ repositories, times: config, now }),
    contract,
    readPage: createPages(),
    renderContract30: toOpenApi30,
    publicKeys: keyRing.publicKeys,
    ping: repositories.ping,
    isDraining,
  });

  const identify = createIdentify({
    accessTokens,
    sessions: repositories.sessions,
    callers: callers?.cache ?? null,
    now,
  });
  const linkTtl = Math.max(config.passwordResetTtl, config.emailVerificationTtl);
  const housekeeping = createHousekeeping({
    repositories,
    auditTtl: config.auditTtl,
    linkTtl,
    now,
  });
  const close = async () => {
    await outbox.stop();
    await passwords.close();
    await callers?.changes.close();
  };
  return {
    ...createHttp(options, handlers, identify),
    housekeeping,
    outbox,
    hasher: passwords.hasher,
    close,
  };
}

function createHttp(
  { config, contract, logger }: AppOptions,
  handlers: Handlers<Caller, Client>,
  identify: Identify,
): Pick<App, 'handle' | 'messages' | 'warmUp'> {
  const validator = createValidator({ contract, validateResponses: !config.production });
  const app = express();
  app.disable('x-powered-by').disable('etag'); // almost nothing here may be kept by a cache
  app.set('trust proxy', config.trustProxy);
  app.use(createRequestLog(logger));
  app.use(createCors(config.corsOrigins));
  app.use(
    createRouter({
      operations: listOperations(contract, { schemes, roles, handlers: Object.keys(handlers) }),
      handlers,
      identify,
      isTrusted: createIsTrusted(config.corsOrigins),
      validator,
    }),
  );
  app.use(notFound);
  app.use(createErrorHandler(logger));
  return { handle: app, messages: createMessages(app), warmUp: validator.warmUp };
}

function keepCallers(
  url: string,
  logger: Logger,
): { readonly cache: CallerCache; readonly changes: CallerChanges } {
  const cache: CallerCache = createCallerCache({ isUpToDate: () => changes.isUpToDate() });
  const changes = createCallerChanges({
    url,
    tell: cache.drop,
    log(message, err) {
      if (err === undefined) logger.info(message);
      else logger.warn({ err }, message);
    },
  });
  return { cache, changes };
}

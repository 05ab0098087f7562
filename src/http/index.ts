// The HTTP side of the service: an Express app in which the contract decides what is answered.
// Defines the order of the middleware; no other file adds any.

import express, { type Express } from 'express';
import type { Logger } from 'pino';
import { listOperations, type Contract } from '../contract/document.ts';
import type { Handlers } from '../contract/operations.ts';
import type { Caller, Client } from '../domain/callers/caller.ts';
import type { Identify } from '../domain/callers/identify.ts';
import { createCors } from './cors.ts';
import { schemes } from './credentials.ts';
import { createErrorHandler, notFound } from './error-handler.ts';
import { createMessages, type Messages } from './messages.ts';
import { createRequestLog } from './request-log.ts';
import { createRouter } from './router.ts';
import { createIsTrusted } from './trusted-origin.ts';
import { createValidator } from './validator.ts';

export interface Http {
  readonly handle: Express;
  /** The classes from which Node builds each request and response. */
  readonly messages: Messages;
  /**
   * Prepares what most requests need and the first response does not. Without it, they would wait.
   * @throws Error when a library does not have the version that this code supports
   */
  warmUp(): Promise<void>;
}

export interface HttpParts {
  readonly config: HttpConfig;
  readonly contract: Contract;
  readonly handlers: Handlers<Caller, Client>;
  readonly identify: Identify;
  /** All role names; the contract may name no others. */
  readonly roles: readonly string[];
  readonly logger: Logger;
  /** Returns true for an outage of the database, which it logs itself. */
  readonly reportOutage: (error: unknown) => boolean;
}

export interface HttpConfig {
  readonly corsOrigins: readonly string[];
  /** The value of Express's `trust proxy`. */
  readonly trustProxy: boolean | number | string;
  /** Outside production, each response is checked against the contract before it is sent. */
  readonly production: boolean;
}

/** @throws ContractError when the contract requires something that the code does not have */
export function createHttp({
  config,
  contract,
  handlers,
  identify,
  roles,
  logger,
  reportOutage,
}: HttpParts): Http {
  const validator = createValidator({ contract, validateResponses: !config.production });
  const app = express();
  app.disable('x-powered-by').disable('etag'); // almost no response may be cached
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
  app.use(createErrorHandler(logger, reportOutage));
  return { handle: app, messages: createMessages(app), warmUp: validator.warmUp };
}

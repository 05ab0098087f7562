// Callers: identifies who sends a request, from memory while the cached answer is known to be
// valid.

import { createCallerChanges } from '../../db/changes/caller-changes.ts';
import type { Repositories } from '../../db/repositories.ts';
import type { AccessTokens } from '../tokens/access-tokens.ts';
import { createCallerCache, type CallerCache } from './caller-cache.ts';
import { createIdentify, type Identify } from './identify.ts';

export interface Callers {
  readonly identify: Identify;
  /** Settles when this node knows every change that was committed before the call. */
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

export interface CallersLogger {
  info(message: string): void;
  warn(facts: { readonly err: unknown }, message: string): void;
}

export interface CallersParts {
  readonly repositories: Pick<Repositories, 'sessions'>;
  readonly accessTokens: AccessTokens;
  /** Where change notifications come from; `null` turns the cache off. */
  readonly databaseUrl: string | null;
  readonly logger: CallersLogger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createCallers({
  repositories,
  accessTokens,
  databaseUrl,
  logger,
  now,
}: CallersParts): Callers {
  const { sessions } = repositories;
  if (databaseUrl === null) {
    return {
      identify: createIdentify({ accessTokens, sessions, callers: null, now }),
      catchUp: () => Promise.resolve(),
      close: () => Promise.resolve(),
    };
  }
  const cache: CallerCache = createCallerCache({ isUpToDate: () => changes.isUpToDate() });
  const changes = createCallerChanges({ url: databaseUrl, notify: cache.drop, log: logTo(logger) });
  return {
    identify: createIdentify({ accessTokens, sessions, callers: cache, now }),
    catchUp: changes.catchUp,
    close: changes.close,
  };
}

function logTo(logger: CallersLogger) {
  return (message: string, err?: unknown) => {
    if (err === undefined) logger.info(message);
    else logger.warn({ err }, message);
  };
}

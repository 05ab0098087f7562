// Starts the real app on loopback with a real database. Every answer to its client is validated
// against the contract.

import { Writable } from 'node:stream';
import type { Knex } from 'knex';
import { createApp, type AppOptions } from '../../src/app.ts';
import { loadContract } from '../../src/contract/document.ts';
import { createKnex } from '../../src/db/knex.ts';
import { createRepositories, type Repositories } from '../../src/db/repositories.ts';
import type { Outbox } from '../../src/domain/mailing/outbox.ts';
import type { Role } from '../../src/domain/roles.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { listen } from '../../src/server.ts';
import { createTestClient, type TestClient } from './client.ts';
import { checkAnswer } from './contract-check.ts';
import { exchange, type Received, type Sent } from '../../tools/service/http.ts';
import { createDatabase, temporaryFolder } from './postgres.ts';

export const jwtSecrets = [
  'the first secret of the tests, long enough',
  'the older secret of the tests, long enough',
];

export interface ServiceOptions {
  /** A new database by default. */
  readonly databaseUrl?: string;
  /** Another URL of the same database. All connections use it, except the listener. */
  readonly poolUrl?: string;
  readonly config?: Partial<AppOptions['config']>;
  readonly keys?: AppOptions['keys'];
  readonly now?: () => number;
  readonly silenceLimit?: number;
  /** 10 by default. */
  readonly poolMax?: number;
  /** On by default. */
  readonly preparedStatements?: boolean;
  readonly mailLimits?: AppOptions['mailLimits'];
}

export interface Service extends ServiceClients {
  readonly url: string;
  readonly knex: Knex;
  readonly repositories: Repositories;
  readonly outbox: Outbox;
  /** The lines logged so far. */
  readonly log: () => Record<string, unknown>[];
  /** Makes the service report that it is shutting down. */
  drain(): void;
  /** Signs up and signs in a user. Grants the roles directly in the database. */
  newUser(...roles: Role[]): Promise<TestUser>;
  close(): Promise<void>;
}

/** The ways to send a request to a service. */
export interface ServiceClients {
  /** Sends a request as it is, and validates the answer against the contract. */
  call(sent: Sent): Promise<Received>;
  /** A client without a token: `asGuest.post('/api/auth/signup', credentials)`. */
  readonly asGuest: TestClient;
  /** A client with this user's token: `asUser(admin).get('/api/users')`. */
  asUser(user: string | Pick<TestUser, 'token'>): TestClient;
  signIn(credentials: Pick<TestUser, 'username' | 'password'>): Promise<Received>;
}

export interface TestUser {
  readonly id: number;
  readonly username: string;
  readonly email: string;
  readonly password: string;
  readonly token: string;
  readonly refreshToken: string;
  readonly sessionId: string;
}

export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const databaseUrl = options.databaseUrl ?? (await createDatabase());
  const { silenceLimit = 10_000, poolMax: max = 10, preparedStatements = true } = options;
  const knex = createKnex({
    url: options.poolUrl ?? databaseUrl,
    max,
    silenceLimit,
    preparedStatements,
  });
  const folder = await temporaryFolder();
  const lines: string[] = [];
  const logger = createLogger({ level: 'info', pretty: false }, collect(lines));
  let draining = false;
  const isDraining = () => draining;
  const app = createApp({
    config: {
      accessTokenTtl: 3_600,
      callerCache: true,
      sessionTtl: 30 * 86_400,
      sessionIdleTtl: 7 * 86_400,
      refreshGrace: 30,
      bcryptCost: 4,
      passwordHasher: 'interleaved',
      auditTtl: 365 * 86_400,
      corsOrigins: ['http://localhost:8081'],
      production: false,
      trustProxy: false,
      smtpUrl: null,
      mailFrom: 'Rolegate <no-reply@example.com>',
      appUrl: 'http://localhost:8081',
      dataDir: folder.path,
      passwordResetTtl: 3_600,
      emailVerificationTtl: 86_400,
      requireVerifiedEmail: false,
      ...options.config,
    },
    contract: loadContract(),
    keys: options.keys ?? { secrets: jwtSecrets, privateKeys: [] },
    knex,
    databaseUrl,
    logger,
    isDraining,
    ...(options.now && { now: options.now }),
    ...(options.mailLimits && { mailLimits: options.mailLimits }),
  });
  const server = await listen({ ...app, port: 0, host: '127.0.0.1', isDraining });
  const url = `http://127.0.0.1:${server.port}`;
  const repositories = createRepositories(knex);
  const clients = clientsAt(url);
  return {
    ...clients,
    url,
    knex,
    repositories,
    outbox: app.outbox,
    log: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    drain() {
      draining = true;
    },
    newUser: (...roles) => newUser(clients, repositories, roles),
    async close() {
      await server.close(0);
      await app.close();
      await knex.destroy();
      await folder.remove();
    },
  };
}

/** The clients of a service that runs at this URL, for example in another process. */
export function clientsAt(url: string): ServiceClients {
  const call = callAt(url);
  const asGuest = createTestClient(call);
  return {
    call,
    asGuest,
    asUser: (user) => createTestClient(call, bearer(typeof user === 'string' ? user : user.token)),
    signIn: ({ username, password }) => asGuest.post('/api/auth/signin', { username, password }),
  };
}

/** `call` for a service that runs at this URL. */
export function callAt(url: string): Service['call'] {
  return async function call(sent) {
    const answer = await exchange(url, sent);
    await checkAnswer(sent.method ?? 'GET', sent.path, answer);
    return answer;
  };
}

let count = 0;

/** Credentials that no other test uses. */
export function newCredentials(): Pick<TestUser, 'username' | 'email' | 'password'> {
  const username = `user-${process.pid}-${++count}`;
  return { username, email: `${username}@example.com`, password: 'correct horse battery' };
}

async function newUser(
  { asGuest, signIn }: ServiceClients,
  { users }: Repositories,
  roles: readonly Role[],
): Promise<TestUser> {
  const credentials = newCredentials();
  const signedUp = await asGuest.post('/api/auth/signup', credentials);
  const { id } = (signedUp.body as { user: { id: number } }).user;
  for (const role of roles) await users.grantRole(id, role);
  const signedIn = await signIn(credentials);
  const { accessToken, refreshToken, sessionId } = signedIn.body as Record<
    'accessToken' | 'refreshToken' | 'sessionId',
    string
  >;
  return { ...credentials, id, token: accessToken, refreshToken, sessionId };
}

export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

function collect(lines: string[]): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(...chunk.toString().split('\n').filter(Boolean));
      done();
    },
  });
}

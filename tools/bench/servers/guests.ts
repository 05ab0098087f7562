// Creates the users of a measured server: users who sign in, and an admin who can read everything.

import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { CommandError } from '../../../src/cli/run.ts';
import { reads, type Accounts, type User } from './adapters.ts';
import type { Contender } from './contenders.ts';
import { createHttpClient, type Headers } from '../runner/http.ts';

export interface Guests {
  readonly accounts: Accounts;
  /** The users who sign in at the same time, one for each connection. */
  readonly users: readonly User[];
  /** The headers of the admin, who can read everything. */
  readonly credentials: Headers;
}

/** Returns a user with a new random name. */
export function makeUser(): User {
  const username = `bench${randomBytes(8).toString('hex')}`;
  return { username, email: `${username}@example.com`, password: 'correct horse battery' };
}

/**
 * @returns `null` if the server has no accounts.
 * @throws CommandError when the admin cannot read everything
 */
export async function inviteGuests(contender: Contender, count: number): Promise<Guests | null> {
  const { accounts, paths } = contender.adapter;
  if (accounts === null) return null;
  const users = Array.from({ length: count }, makeUser);
  const admin = makeUser();
  const { ask, close } = createHttpClient(contender.url);
  try {
    for (const user of [admin, ...users]) await ask(accounts.signUp(user));
    if (contender.databaseUrl !== null) await grant(contender.databaseUrl, accounts, admin);
    const credentials = accounts.credentials(await ask(accounts.signIn(admin)));
    for (const read of reads) await ask({ method: 'GET', path: paths[read], headers: credentials });
    return { accounts, users, credentials };
  } catch (error) {
    const { message } = error as Error;
    const isForRole = contender.databaseUrl === null && message.includes('answered 403');
    const advice = isForRole ? '. It grants no roles at sign-up: add ,database=postgres://…' : '';
    throw new CommandError(`${contender.name} cannot be prepared: ${message}${advice}`, {
      cause: error,
    });
  } finally {
    close();
  }
}

async function grant(databaseUrl: string, accounts: Accounts, { username }: User): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(accounts.grant, [username]);
  } finally {
    await client.end();
  }
}

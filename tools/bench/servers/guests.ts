// Who uses a server while it is measured: users who have signed up, and one among them who may read everything.

import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { CommandError } from '../../../src/cli/run.ts';
import { reads, type Accounts, type User } from './adapters.ts';
import type { Contender } from './contenders.ts';
import { createHttpClient, type Headers } from '../runner/http.ts';

export interface Guests {
  readonly accounts: Accounts;
  /** As many as sign in at once. */
  readonly users: readonly User[];
  /** What the one who may read everything sends along. */
  readonly credentials: Headers;
}

/** Nobody whom a server may know already. */
export function makeUser(): User {
  const username = `bench${randomBytes(8).toString('hex')}`;
  return { username, email: `${username}@example.com`, password: 'correct horse battery' };
}

/** @returns null where there are no accounts. @throws CommandError when a read is refused to the one who may read everything */
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
    const advice = isForRole
      ? '. It gives no roles: name its database, as ,database=postgres://…'
      : '';
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

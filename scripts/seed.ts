// npm run seed -- [--users <n>] [--force]: adds demo users, one for each role, and generated users.
// Their password is public, so the command refuses other databases and production. The package does
// not contain it.

import { Command, InvalidArgumentError } from 'commander';
import { seedDemoUsers } from '../db/seeds/demo-users.ts';
import { seedGeneratedUsers } from '../db/seeds/generated-users.ts';
import { CommandError, finishWhenStopped, readConfig, run, UsageError } from '../src/cli/run.ts';
import type { Config } from '../src/config/index.ts';
import { openDatabase, type Database } from '../src/db/open.ts';
import { createPasswords } from '../src/domain/passwords/index.ts';
import { roles } from '../src/domain/roles.ts';
import { createProgress, format } from '../tools/progress.ts';

const password = 'demo password';

interface SeedOptions {
  readonly users?: number;
  readonly force?: true;
}

const command = new Command('npm run seed --')
  .description(
    'Fills the embedded database with demo users, one for each role, and prints how they sign in.',
  )
  .option('--users <n>', 'add generated users until there are n of them', readCount)
  .option(
    '--force',
    'also in another database or in production, where anyone can then sign in with this password',
  )
  .exitOverride()
  .action(seed);

async function seed({ users: count, force }: SeedOptions): Promise<void> {
  const config = readConfig({ signing: false });
  if (!force) refuseOthers(config);
  const signal = finishWhenStopped();
  const database = await openDatabase(config);
  try {
    const passwordHash = await hashOnce(config.bcryptCost);
    await addDemoUsers(database, passwordHash);
    if (count !== undefined) await addGeneratedUsers(database, count, passwordHash, signal);
  } finally {
    await database.close();
  }
}

function refuseOthers({ databaseUrl, production }: Config): void {
  if (databaseUrl === null && !production) return;
  throw new UsageError(
    'Demo users have a public password: they are for the embedded database only, ' +
      'and not for production. Unset DATABASE_URL and NODE_ENV, or add --force.',
  );
}

async function hashOnce(cost: number): Promise<string> {
  const passwords = createPasswords({ cost, workers: 1 });
  try {
    return await passwords.hash(password);
  } finally {
    await passwords.close();
  }
}

async function addDemoUsers({ knex }: Database, passwordHash: string): Promise<void> {
  const added = await seedDemoUsers(knex, roles, passwordHash);
  for (const role of roles)
    console.log(
      `demo-${role} / ${password}${added.includes(`demo-${role}`) ? '' : ' (already existed)'}`,
    );
}

async function addGeneratedUsers(
  { knex }: Database,
  count: number,
  passwordHash: string,
  signal: AbortSignal,
): Promise<void> {
  const onProgress = createProgress(count, 'users', process.stderr);
  const added = await seedGeneratedUsers(knex, { count, passwordHash, signal, onProgress });
  console.log(
    `${format(added)} generated users added. They share the password above and its hash.`,
  );
  if (signal.aborted)
    throw new CommandError(
      'Stopped before the end. The added users stay. Run the command again to continue.',
    );
}

function readCount(text: string): number {
  if (!/^\d{1,8}$/.test(text) || Number(text) < 1)
    throw new InvalidArgumentError('It must be a whole number from 1 to 99999999.');
  return Number(text);
}

process.exit(await run(() => command.parseAsync()));

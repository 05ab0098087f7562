// Runs `rolegate users` on a new database, and beside it a node that serves the same database.

import { expect } from 'chai';
import { rolegate, startNode, type Running } from '../../tools/service/process.ts';
import { createDatabase } from '../support/postgres.ts';
import { clientsAt, type ServiceClients } from '../support/service.ts';

export const password = 'correct horse battery';

export interface PrintedUser {
  readonly username: string;
  readonly roles: readonly string[];
}

export interface UsersCommand {
  readonly databaseUrl: string;
  readonly node: Running;
  readonly service: ServiceClients;
  /** Runs `rolegate users` with these arguments, and with `input` on stdin. */
  users(args: readonly string[], input?: string): ReturnType<typeof rolegate>;
  /** The same with `--json`. Expects exit code 0, and returns the printed document. */
  json<Document = PrintedUser & { password: string; changed: boolean }>(
    args: readonly string[],
    input?: string,
  ): Promise<Document>;
  stop(): Promise<void>;
}

export async function startUsersCommand(): Promise<UsersCommand> {
  const databaseUrl = await createDatabase();
  const environment = {
    DATABASE_URL: databaseUrl,
    PORT: '0',
    JWT_SECRET: 'long enough a secret for the tests of users',
  };
  const node = startNode(environment);
  const service = clientsAt(await node.url());
  const users: UsersCommand['users'] = (args, input) =>
    rolegate(['users', ...args], environment, input);
  return {
    databaseUrl,
    node,
    service,
    users,
    async json<Document>(args: readonly string[], input?: string) {
      const { code, stdout, stderr } = await users([...args, '--json'], input);
      expect(code, stderr).to.equal(0);
      return JSON.parse(stdout) as Document;
    },
    async stop() {
      node.kill('SIGTERM');
      await node.ended;
    },
  };
}

import { readConfig } from '../run.ts';
import type { UserCommands } from '../users.ts';

/** Runs `work` on the users of the configured database. */
export async function onUsers<Result>(
  work: (commands: UserCommands) => Promise<Result>,
): Promise<Result> {
  const config = readConfig({ signing: false });
  const { withUsers } = await import('../users.ts');
  return withUsers(config, work);
}

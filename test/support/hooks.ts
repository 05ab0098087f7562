// What surrounds the whole run: prints the coverage table, fails when a declared status or code was never seen, stops PostgreSQL.

import { coverageTable, notSeen } from './coverage.ts';
import { stopPostgres } from './postgres.ts';

/** A part of the tests sees a part of the contract: only a whole run is held to all of it. */
const wholeRun =
  process.argv.includes('test/**/*.test.ts') &&
  !process.argv.some((argument) => /^--f?grep/.test(argument));

export const mochaHooks = {
  async afterAll(this: Mocha.Context) {
    this.timeout(60_000);
    await stopPostgres();
    if (!wholeRun) return;
    console.log(
      `\n  Answers that were held against the contract, by operation and declared status:\n\n${coverageTable()}\n`,
    );
    const missing = notSeen();
    if (missing.length > 0)
      throw new Error(`declared in openapi.yaml, but never seen:\n  ${missing.join('\n  ')}`);
  },
};

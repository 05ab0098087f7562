// Runs after all tests: stops PostgreSQL and prints the coverage table. Fails the run when a
// declared status or code was in no answer.

import { coverageTable, notSeen } from './coverage.ts';
import { stopPostgres } from './postgres.ts';

/** Only a complete run must cover the whole contract; a few tests cover only a part. */
const wholeRun =
  process.argv.includes('test/**/*.test.ts') &&
  !process.argv.some((argument) => /^--f?grep/.test(argument));

export const mochaHooks = {
  async afterAll(this: Mocha.Context) {
    this.timeout(60_000);
    await stopPostgres();
    if (!wholeRun) return;
    console.log(
      '\n  Answers validated against the contract, by operation and declared status:\n\n' +
        `${coverageTable()}\n`,
    );
    const missing = notSeen();
    if (missing.length > 0)
      throw new Error(`declared in openapi.yaml, but no answer had it:\n  ${missing.join('\n  ')}`);
  },
};

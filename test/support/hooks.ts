// Around all tests: says how far the run is. At its end: stops PostgreSQL and prints the coverage
// table. Fails the run when a declared status or code was in no answer.

import { coverageTable, notSeen } from './coverage.ts';
import { stopPostgres } from './postgres.ts';

/** Only a complete run must cover the whole contract; a few tests cover only a part. */
const wholeRun =
  process.argv.includes('test/**/*.test.ts') &&
  !process.argv.some((argument) => /^--f?grep/.test(argument));

/** Tests between two lines that say how far the run is. */
const step = 100;
let done = 0;

function rootOf(suite: Mocha.Suite): Mocha.Suite {
  return suite.parent ? rootOf(suite.parent) : suite;
}

export const mochaHooks = {
  afterEach(this: Mocha.Context) {
    done += 1;
    const suite = this.currentTest?.parent;
    if (done % step === 0 && suite) console.log(`    … ${done} of ${rootOf(suite).total()} tests`);
  },

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

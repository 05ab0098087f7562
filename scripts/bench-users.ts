// npm run bench:users [-- --runs <n>]: exits with 1 when a page of users takes 10 ms or longer.
// tools/bench/bench-users.ts does the work.

import { benchUsers } from '../tools/bench/bench-users.ts';
import { readFlags } from '../tools/bench/runner/flags.ts';

const { runs } = readFlags({ runs: 5 });
if (!(await benchUsers(runs))) process.exitCode = 1;

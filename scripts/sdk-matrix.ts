// npm run sdk:matrix [-- <generator…>]: exits with 1 when a client generator fails. Without names
// it tries all generators. tools/sdk-matrix/matrix.ts does the work.

import { tryGenerators } from '../tools/sdk-matrix/matrix.ts';

if (!(await tryGenerators(process.argv.slice(2)))) process.exitCode = 1;

// npm run verify:prism: exits with 1 unless Prism and `rolegate verify` agree that the service
// obeys the contract. tools/prism/verify-prism.ts does the work.

import { verifyWithPrism } from '../tools/prism/verify-prism.ts';

if (!(await verifyWithPrism())) process.exitCode = 1;

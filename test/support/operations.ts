// Every operation of the contract with a request that it accepts, for tests that cover all of them.

import { loadContract } from '../../src/contract/document.ts';
import { listSamples } from '../../src/contract/samples.ts';

export const operations = listSamples(loadContract().document);

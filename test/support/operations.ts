// Every operation of the contract with a request that it takes: for tests that hold for all of them.

import { loadContract } from '../../src/contract/document.ts';
import { listSamples } from '../../src/contract/samples.ts';

export const operations = listSamples(loadContract().document);

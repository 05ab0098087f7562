// The server of scenarios/paths.ts: only the service's router and validator on Express, as in
// production.

import express from 'express';
import { listOperations } from '../../../src/contract/document.ts';
import { createMessages } from '../../../src/http/messages.ts';
import { createRouter } from '../../../src/http/router.ts';
import { createValidator } from '../../../src/http/validator.ts';
import { listen } from '../../../src/server.ts';
import { createSynthetic } from './paths-contract.ts';

process.on('disconnect', () => process.exit());
const { contract, handlers } = createSynthetic(Number(process.argv[2]));
const app = express();
app.disable('x-powered-by').disable('etag');
app.use(
  createRouter({
    operations: listOperations(contract, {
      schemes: [],
      roles: [],
      handlers: Object.keys(handlers),
    }),
    handlers,
    identify: () => Promise.reject(new Error('every operation is public')),
    isTrusted: () => true,
    validator: createValidator({ contract, validateResponses: false }),
  }),
);
await listen({
  handle: app,
  messages: createMessages(app),
  port: Number(process.env['PORT']),
  host: '127.0.0.1',
  isDraining: () => false,
});

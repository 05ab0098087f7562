// npm run example: the front end in examples/web on http://localhost:8081, for the service on http://localhost:8080, or at ROLEGATE_URL.

import { startExample } from '../tools/example-server.ts';

const serviceUrl = process.env['ROLEGATE_URL'] ?? 'http://localhost:8080';
const { url } = await startExample({ port: 8081, serviceUrl });
console.log(`The example is on ${url}, and calls the service at ${serviceUrl}. Ctrl-C ends it.`);

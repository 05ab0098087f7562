// npm run example: serves the front end in examples/web on http://localhost:8081. It calls the
// service at ROLEGATE_URL, by default http://localhost:8080.

import { startExample } from '../tools/example-server.ts';

const serviceUrl = process.env['ROLEGATE_URL'] ?? 'http://localhost:8080';
const { url } = await startExample({ port: 8081, serviceUrl });
console.log(`The example runs on ${url} and calls the service at ${serviceUrl}. Ctrl-C stops it.`);

// The same answer without Express, for orientation. No framework on Node.js can be faster than
// this.

import { createServer } from 'node:http';
import { listen } from './listen.js';

const server = createServer((_request, response) => {
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.end('Public Content.');
});
listen(server);

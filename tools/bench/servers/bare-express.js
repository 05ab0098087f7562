// The baseline of `npm run bench`: Express with its defaults, and one route with the answer of
// `getPublicContent`.

import express from 'express';
import { listen } from './listen.js';

const app = express();
app.get('/', (_request, response) => {
  response.type('text/plain').send('Public Content.');
});
listen(app);

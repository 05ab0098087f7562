// What npm run bench measures everything against: Express as it comes, with one route that answers what `getPublicContent` answers.

import express from 'express';
import { listen } from './listen.js';

const app = express();
app.get('/', (_request, response) => {
  response.type('text/plain').send('Public Content.');
});
listen(app);

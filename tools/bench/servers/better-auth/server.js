// Better Auth on Express, as its documentation sets it up: e-mail and password, usernames, and roles by the admin plugin. Express and pg are the
// service's own, so that both are measured on the same. Its defaults stand, but for the rate limit, which would refuse the load;
// BENCH_COOKIE_CACHE=on lets it believe a signed cookie instead of asking the database, for an hour, so that none runs out meanwhile.

import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { fromNodeHeaders, toNodeHandler } from 'better-auth/node';
import { admin, username } from 'better-auth/plugins';
import express from 'express';
import pg from 'pg';
import { listen } from '../listen.js';

const options = {
  baseURL: `http://127.0.0.1:${process.env.PORT}`,
  secret: process.env.BETTER_AUTH_SECRET,
  database: new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 }),
  emailAndPassword: { enabled: true },
  plugins: [username(), admin()],
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  ...(process.env.BENCH_COOKIE_CACHE === 'on' && {
    session: { cookieCache: { enabled: true, maxAge: 3_600 } },
  }),
};
const { runMigrations } = await getMigrations(options);
await runMigrations();
const auth = betterAuth(options);

/** The admin plugin keeps several roles in one text. */
function hasRole(user, role) {
  return (user.role ?? '').split(',').includes(role);
}

/** @param {string | null} role null: every signed-in user */
function guard(role) {
  return async (request, response, next) => {
    const session = await auth.api.getSession({ headers: fromNodeHeaders(request.headers) });
    if (!session) response.status(401).json({ message: 'Unauthorized!' });
    else if (role !== null && !hasRole(session.user, role))
      response.status(403).json({ message: 'Forbidden!' });
    else next();
  };
}

function answer(text) {
  return (_request, response) => {
    response.type('text/plain').send(text);
  };
}

const app = express();
app.all('/api/auth/*splat', toNodeHandler(auth));
app.get('/api/test/all', answer('Public Content.'));
app.get('/api/test/user', guard(null), answer('User Content.'));
app.get('/api/test/mod', guard('moderator'), answer('Moderator Content.'));
app.get('/api/test/admin', guard('admin'), answer('Admin Content.'));
listen(app);

// Better Auth on Express, set up as in its documentation: e-mail and password, usernames, and roles
// with the admin plugin. Express and pg are the service's own, so that both use the same versions.
// It runs with its defaults, except for the rate limit, which would refuse the load. With
// BENCH_COOKIE_CACHE=on it trusts a signed cookie for an hour instead of reading the database, so
// no cookie expires during the run.

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

/** The admin plugin stores several roles in one string. */
function hasRole(user, role) {
  return (user.role ?? '').split(',').includes(role);
}

/** @param {string | null} role `null`: every signed-in user */
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

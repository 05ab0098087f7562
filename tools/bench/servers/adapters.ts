// The HTTP interface of each server: its paths, how to sign up and in, and how to send the
// credentials.

import type { Answer, Exchange, Headers } from '../runner/http.ts';

export const reads = [
  'getPublicContent',
  'getUserContent',
  'getModeratorContent',
  'getAdminContent',
] as const;
export type Read = (typeof reads)[number];

export interface User {
  readonly username: string;
  readonly email: string;
  readonly password: string;
}

export interface Adapter {
  readonly paths: Readonly<Record<Read, string>>;
  /** `null`: the server has no accounts and answers every request. */
  readonly accounts: Accounts | null;
}

export interface Accounts {
  readonly signUp: (user: User) => Exchange;
  readonly signIn: (user: User) => Exchange;
  /** The headers of a signed-in user's requests, from the answer to `signIn`. */
  readonly credentials: (answer: Answer) => Headers;
  /** SQL that makes the user named $1 an admin and a moderator. */
  readonly grant: string;
  /** The refresh request, from the last answer with tokens; `null` if the server has no refresh. */
  readonly refresh: ((answer: Answer) => Exchange) | null;
}

const json = { 'content-type': 'application/json' };
const paths = {
  getPublicContent: '/api/test/all',
  getUserContent: '/api/test/user',
  getModeratorContent: '/api/test/mod',
  getAdminContent: '/api/test/admin',
};

function post(path: string, body: object): Exchange {
  return { method: 'POST', path, headers: json, body: JSON.stringify(body) };
}

function memberOf({ body }: Answer, name: string): string {
  const value = (JSON.parse(body) as Readonly<Record<string, unknown>>)[name];
  if (typeof value !== 'string') throw new Error(`the answer has no ${name}`);
  return value;
}

const rolegate: Adapter = {
  paths,
  accounts: {
    signUp: (user) => post('/api/auth/signup', user),
    signIn: ({ username, password }) => post('/api/auth/signin', { username, password }),
    credentials: (answer) => ({ authorization: `Bearer ${memberOf(answer, 'accessToken')}` }),
    grant: `insert into user_roles (user_id, role_id) select users.id, roles.id from users, roles
            where username = $1 and name in ('admin', 'moderator') on conflict do nothing`,
    refresh: (answer) =>
      post('/api/auth/refresh', { refreshToken: memberOf(answer, 'refreshToken') }),
  },
};

/**
 * A server that follows the well-known tutorial for Express, PostgreSQL and JSON Web Tokens, with
 * the database names of Sequelize.
 */
const tutorial: Adapter = {
  paths,
  accounts: {
    // Some servers that follow the tutorial accept roles at sign-up.
    signUp: (user) => post('/api/auth/signup', { ...user, roles: ['admin', 'moderator'] }),
    signIn: ({ username, password }) => post('/api/auth/signin', { username, password }),
    credentials: (answer) => ({ 'x-access-token': memberOf(answer, 'accessToken') }),
    grant: `insert into user_roles ("createdAt", "updatedAt", "userId", "roleId")
            select now(), now(), users.id, roles.id from users, roles
            where username = $1 and name in ('admin', 'moderator') on conflict do nothing`,
    refresh: null,
  },
};

/** The server in better-auth/. */
const betterAuth: Adapter = {
  paths,
  accounts: {
    signUp: (user) => post('/api/auth/sign-up/email', { ...user, name: user.username }),
    signIn: ({ username, password }) => post('/api/auth/sign-in/username', { username, password }),
    credentials: ({ headers }) => ({
      cookie: (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; '),
    }),
    grant: `update "user" set role = 'admin,moderator' where username = $1`,
    refresh: null,
  },
};

/** The adapters that `--against` accepts. */
export const adapters = { rolegate, tutorial, 'better-auth': betterAuth } as const;
export type AdapterName = keyof typeof adapters;

/** bare-express.js and node-http.js, which answer every request with the same text. */
export const bare: Adapter = {
  paths: {
    getPublicContent: '/',
    getUserContent: '/',
    getModeratorContent: '/',
    getAdminContent: '/',
  },
  accounts: null,
};

// Proves what the client's types refuse: `npm run typecheck` fails when a `@ts-expect-error` line
// has no error. This file is never run.

import {
  isRolegateError,
  type Client,
  type ErrorCode,
  type Reply,
} from '../../src/client/index.ts';

declare const client: Client;

type Same<Left, Right> = [Left, Right] extends [Right, Left] ? true : false;

export const text: Promise<string> = client.get('/api/test/user');
export const nothing: Promise<undefined> = client.post('/api/auth/signout');
export const sameText: Same<Reply<'get', '/api/test/all'>, 'Public Content.'> = true;
export const roles: Promise<readonly ('ROLE_USER' | 'ROLE_MODERATOR' | 'ROLE_ADMIN')[]> = client
  .get('/api/account')
  .then((account) => account.roles);

export const events = client.get('/api/audit-events', {
  params: { query: { type: 'sign_in_failed' } },
});

// @ts-expect-error -- the contract has no such path
export const unknownPath = client.get('/api/test/unknown');

// @ts-expect-error -- a page is for browsers
export const page = client.get('/docs');

// @ts-expect-error -- this path has no such method
export const unknownMethod = client.post('/api/test/user');

// @ts-expect-error -- the body is missing
export const missingBody = client.put('/api/account/password');

// @ts-expect-error -- a member of the body is missing
export const missingMember = client.put('/api/account/password', { body: { currentPassword: '' } });

// @ts-expect-error -- the session to end is missing
export const missingParameter = client.delete('/api/account/sessions/{sessionId}');

const query = { type: 'nonsense' } as const;
// @ts-expect-error -- there is no such type of event
export const wrongQuery = client.get('/api/audit-events', { params: { query } });

// @ts-expect-error -- createClient sets the transport of the tokens
export const transport = client.signIn({ username: '', password: '', transport: 'cookie' });

export function anything(error: unknown): unknown {
  // @ts-expect-error -- a caught error may be any value
  return error.code;
}

export function branch(error: unknown): string | undefined {
  if (!isRolegateError(error)) return undefined;
  const code: ErrorCode = error.code;
  // @ts-expect-error -- no error has this code
  if (code === 'username_token') return;
  if (error.code === 'username_taken') {
    const narrowed: 'username_taken' = error.code;
    return narrowed;
  }
  return error.errors.map(({ path, message }) => `${path} ${message}`).join();
}

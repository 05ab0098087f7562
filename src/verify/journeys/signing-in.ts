// Signs up, signs in, refreshes and signs out, and sends the sign-ups, sign-ins and refreshes that
// must be refused.

import type { Answer } from '../../contract/answer-check.ts';
import { newPassword } from '../users.ts';
import { bearer, passwordOf, signIn, signUpAndIn, type SignedIn, type World } from '../world.ts';

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const elsewhere = { 'sec-fetch-site': 'cross-site' };
const here = { 'sec-fetch-site': 'same-origin' };

/** Sends sign-ups that must be refused, and one form that must succeed. */
export async function signUpRefusals({ asking, users }: World, { user }: SignedIn): Promise<void> {
  const other = users.make();
  const fresh = { username: other.username, email: other.email, password: passwordOf(other) };
  const refusals = [
    [
      'a name in use, in another case',
      { ...fresh, username: user.username.toUpperCase() },
      400,
      'username_taken',
    ],
    ['an address in use', { ...fresh, email: user.email }, 400, 'email_taken'],
    ['a common password', { ...fresh, password: 'password123' }, 400, 'weak_password'],
    ['a role that only admins give', { ...fresh, roles: ['admin'] }, 403, 'role_required'],
  ] as const;
  for (const [name, body, status, code] of refusals)
    await asking.ask('signUp', { name, body, expected: { status, code } });
  await asking.ask('signUp', {
    name: 'as a form',
    headers: form,
    body: toForm(fresh),
    expected: { status: 201 },
  });
  await asking.ask('signIn', {
    name: 'as a form',
    headers: form,
    body: toForm({ username: other.username, password: passwordOf(other) }),
    expected: { status: 200 },
  });
}

/** Sends sign-ins with wrong credentials. */
export async function signInRefusals({ asking, users }: World, { user }: SignedIn): Promise<void> {
  const expected = { status: 401, code: 'invalid_credentials' };
  const password = newPassword();
  await asking.ask('signIn', {
    name: 'a wrong password',
    body: { username: user.username, password },
    expected,
  });
  await asking.ask('signIn', {
    name: 'an unknown username',
    body: { username: users.make().username, password },
    expected,
  });
}

/** Refreshes twice, then reuses the first refresh token, which must end the session. */
export async function refreshAndReuse(world: World, { user }: SignedIn): Promise<void> {
  const { asking } = world;
  const { refreshToken: first, token } = await signIn(world, user);
  const refresh = (name: string, refreshToken: string) =>
    asking.must('refreshTokens', { name, body: { refreshToken }, expected: { status: 200 } });
  const second = refreshTokenOf(await refresh('a new token', first));
  await refresh('the next one', second);
  const reused = { status: 401, code: 'refresh_token_reused' };
  await asking.ask('refreshTokens', {
    name: 'a used token',
    body: { refreshToken: first },
    expected: reused,
  });
  const invalid = { status: 401, code: 'refresh_token_invalid' };
  await asking.ask('refreshTokens', {
    name: 'after the session ended',
    body: { refreshToken: second },
    expected: invalid,
  });
  await asking.ask('refreshTokens', { name: 'no token', body: {}, expected: { status: 400 } });
  await asking.ask('getAccount', {
    name: 'of a session that token reuse ended',
    headers: bearer(token),
    expected: { status: 401, code: 'token_invalid' },
  });
}

/** Sends cookies as a browser does, from our own pages and from another site. */
export async function withCookies({ asking }: World, { user, sessionId }: SignedIn): Promise<void> {
  const body = { username: user.username, password: passwordOf(user), transport: 'cookie' };
  const crossSite = { status: 403, code: 'cross_site_request' };
  await asking.ask('signIn', {
    name: 'with cookies, from another site',
    headers: elsewhere,
    body,
    expected: crossSite,
  });
  const signedIn = await asking.must('signIn', {
    name: 'with cookies',
    headers: here,
    body,
    expected: { status: 200 },
  });
  let cookie = cookiesOf(signedIn);
  await asking.ask('refreshTokens', {
    name: 'a cookie, from another site',
    headers: { cookie, ...elsewhere },
    body: {},
    expected: crossSite,
  });
  const refreshed = await asking.must('refreshTokens', {
    name: 'a cookie',
    headers: { cookie, ...here },
    body: {},
    expected: { status: 200 },
  });
  cookie = cookiesOf(refreshed);
  await asking.ask('getAccount', {
    name: 'with a cookie',
    headers: { cookie, ...here },
    expected: { status: 200 },
  });
  for (const { id, method, template, isSecured, roles, body } of asking.samples) {
    if (!isSecured || method === 'GET' || roles.length > 0) continue;
    const path = template.replace('{sessionId}', sessionId);
    await asking.ask(id, {
      name: 'a cookie, from another site',
      path,
      headers: { cookie, ...elsewhere },
      body,
      expected: crossSite,
    });
  }
  await asking.ask('signOut', {
    name: 'with a cookie',
    headers: { cookie, ...here },
    expected: { status: 204 },
  });
}

/** Signs out twice with the same token. */
export async function signOut(world: World): Promise<void> {
  const { asking } = world;
  const { token } = await signUpAndIn(world);
  await asking.must('signOut', {
    name: 'with a token',
    headers: bearer(token),
    expected: { status: 204 },
  });
  await asking.ask('signOut', {
    name: 'twice',
    headers: bearer(token),
    expected: { status: 401, code: 'token_invalid' },
  });
  const other = await signUpAndIn(world);
  await asking.must('signOut', {
    name: 'with a refresh token',
    body: { refreshToken: other.refreshToken },
    expected: { status: 204 },
  });
  await asking.ask('getAccount', {
    name: 'of a session that its refresh token ended',
    headers: bearer(other.token),
    expected: { status: 401, code: 'token_invalid' },
  });
}

function refreshTokenOf({ body }: Answer): string {
  return String((body as { refreshToken?: string }).refreshToken);
}

/** The cookies that a browser would send back. */
function cookiesOf({ headers }: Answer): string {
  const set = [headers['set-cookie'] ?? []].flat();
  return set.map((cookie) => cookie.split(';')[0]).join('; ');
}

function toForm(members: Readonly<Record<string, string>>): string {
  return new URLSearchParams(members).toString();
}

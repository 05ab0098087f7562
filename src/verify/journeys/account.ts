// The account of a user of this run: reads it, ends its sessions, changes its password, deletes it.

import { randomUUID } from 'node:crypto';
import { newPassword } from '../users.ts';
import { bearer, passwordOf, signIn, signUpAndIn, type SignedIn, type World } from '../world.ts';

/** Reads the account with the token in both headers that carry it. */
export async function readAccount({ asking }: World, { token }: SignedIn): Promise<void> {
  for (const id of ['getAccount', 'listSessions', 'getUserContent']) {
    await asking.ask(id, {
      name: 'with a token',
      headers: bearer(token),
      expected: { status: 200 },
    });
    await asking.ask(id, {
      name: 'with a token in x-access-token',
      headers: { 'x-access-token': token },
      expected: { status: 200 },
    });
  }
}

/** Ends one session, then all others, and checks that their tokens are refused. */
export async function endSessions(world: World, { user, token }: SignedIn): Promise<void> {
  const { asking } = world;
  const [one, other] = [await signIn(world, user), await signIn(world, user)];
  const end = { path: `/api/account/sessions/${one.sessionId}`, headers: bearer(token) };
  await asking.ask('endSession', {
    ...end,
    name: 'another session of the account',
    expected: { status: 204 },
  });
  await asking.ask('endSession', {
    ...end,
    name: 'a session that has ended',
    expected: { status: 404, code: 'not_found' },
  });
  await asking.ask('endSession', {
    name: 'an unknown session',
    path: `/api/account/sessions/${randomUUID()}`,
    headers: bearer(token),
    expected: { status: 404, code: 'not_found' },
  });
  await asking.ask('endOtherSessions', {
    name: 'all except this one',
    headers: bearer(token),
    expected: { status: 204 },
  });
  for (const [name, session] of [
    ['of a session that was ended', one],
    ['of a session that was ended with the others', other],
  ] as const) {
    const expected = { status: 401, code: 'token_invalid' };
    await asking.ask('getUserContent', { name, headers: bearer(session.token), expected });
  }
}

/** Changes the password of a new user, after changes that must be refused. */
export async function changePassword(world: World): Promise<void> {
  const { asking } = world;
  const { user, token } = await signUpAndIn(world);
  const [currentPassword, next] = [passwordOf(user), newPassword()];
  const change = (name: string, body: object, expected: { status: number; code?: string }) =>
    asking.ask('changePassword', { name, headers: bearer(token), body, expected });
  const wrong = { currentPassword: next, newPassword: next };
  await change('a wrong password', wrong, { status: 403, code: 'password_wrong' });
  const weak = { currentPassword, newPassword: 'password123' };
  await change('a common new password', weak, { status: 400, code: 'weak_password' });
  user.passwords.push(next);
  const right = { currentPassword, newPassword: next };
  const { body } = await change('the right password', right, { status: 200 });
  await asking.ask('getAccount', {
    name: 'of a session that a new password ended',
    headers: bearer(token),
    expected: { status: 401, code: 'token_invalid' },
  });
  await asking.ask('getAccount', {
    name: 'with the token that came with the new password',
    headers: bearer(String((body as { accessToken?: string } | undefined)?.accessToken)),
    expected: { status: 200 },
  });
  await asking.ask('signIn', {
    name: 'the previous password',
    body: { username: user.username, password: currentPassword },
    expected: { status: 401, code: 'invalid_credentials' },
  });
  await signIn(world, user);
}

/** Deletes the account of a new user, and checks that its token is refused. */
export async function deleteAccount(world: World): Promise<void> {
  const { asking } = world;
  const { user, token } = await signUpAndIn(world);
  const question = { headers: bearer(token) };
  await asking.ask('deleteAccount', {
    ...question,
    name: 'a wrong password',
    body: { password: newPassword() },
    expected: { status: 403, code: 'password_wrong' },
  });
  await asking.must('deleteAccount', {
    ...question,
    name: 'the right password',
    body: { password: passwordOf(user) },
    expected: { status: 204 },
  });
  const gone = { status: 401, code: 'token_invalid' };
  await asking.ask('getAccount', { ...question, name: 'of a deleted user', expected: gone });
}

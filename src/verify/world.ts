// The state that the journeys share: the connection, the users, and one token for each role.

import type { Asking } from './asking.ts';
import { newPassword, type MadeUser, type Users } from './users.ts';

/** The shared state of a run. */
export interface World {
  readonly asking: Asking;
  readonly users: Users;
  /** A user for requests that must have no effect. */
  readonly stranger: MadeUser;
  readonly adminToken: string | null;
  /** By role name; `''` is a signed-in user without a special role. */
  readonly tokens: Map<string, string>;
  /** The user and the session for ids in paths. */
  target: { readonly userId: number; readonly sessionId: string } | null;
}

/** A user of this run with an open session. */
export interface SignedIn {
  readonly user: MadeUser;
  readonly id: number;
  readonly token: string;
  readonly refreshToken: string;
  readonly sessionId: string;
}

/** The Authorization header for this token. */
export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

/** The user's newest password. */
export function passwordOf({ passwords }: MadeUser): string {
  return passwords.at(-1) ?? newPassword();
}

/** @throws Stopped when the sign-up or the sign-in is refused */
export async function signUpAndIn(world: World): Promise<SignedIn> {
  const user = world.users.make();
  const { username, email } = user;
  const body = { username, email, password: passwordOf(user) };
  await world.asking.must('signUp', { name: 'a new user', body, expected: { status: 201 } });
  return signIn(world, user);
}

/** @throws Stopped when the sign-in is refused */
export async function signIn({ asking }: World, user: MadeUser): Promise<SignedIn> {
  const body = { username: user.username, password: passwordOf(user) };
  // If REQUIRE_VERIFIED_EMAIL is on, our user cannot sign in: its address receives no mail.
  const expected = { status: 200, or: { status: 403, code: 'email_not_verified' } };
  const answer = await asking.must('signIn', { name: 'the right password', body, expected });
  const { id, accessToken, refreshToken, sessionId } = answer.body as Omit<SignedIn, 'user'> & {
    accessToken: string;
  };
  return { user, id, token: accessToken, refreshToken, sessionId };
}

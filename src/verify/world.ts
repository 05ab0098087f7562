// What the journeys share: whom to ask, the users they make, and who is signed in with which role.

import type { Asking } from './asking.ts';
import { newPassword, type MadeUser, type Users } from './users.ts';

export interface World {
  readonly asking: Asking;
  readonly users: Users;
  /** Who is named where nothing should come of it. */
  readonly stranger: MadeUser;
  readonly adminToken: string | null;
  /** By role name; '' is a user who is merely signed in. */
  readonly tokens: Map<string, string>;
  /** The user and the session that requests with ids in their path name. */
  target: { readonly userId: number; readonly sessionId: string } | null;
}

export interface SignedIn {
  readonly user: MadeUser;
  readonly id: number;
  readonly token: string;
  readonly refreshToken: string;
  readonly sessionId: string;
}

export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

export function passwordOf({ passwords }: MadeUser): string {
  return passwords.at(-1) ?? newPassword();
}

/** @throws Stopped when either is refused */
export async function signUpAndIn(world: World): Promise<SignedIn> {
  const user = world.users.make();
  const { username, email } = user;
  const body = { username, email, password: passwordOf(user) };
  await world.asking.must('signUp', { name: 'a new user', body, expected: { status: 201 } });
  return signIn(world, user);
}

/** @throws Stopped when it is refused */
export async function signIn({ asking }: World, user: MadeUser): Promise<SignedIn> {
  const body = { username: user.username, password: passwordOf(user) };
  // Where REQUIRE_VERIFIED_EMAIL is on, nobody follows the link that our user is sent.
  const expected = { status: 200, or: { status: 403, code: 'email_not_verified' } };
  const answer = await asking.must('signIn', { name: 'the right password', body, expected });
  const { id, accessToken, refreshToken, sessionId } = answer.body as Omit<SignedIn, 'user'> & {
    accessToken: string;
  };
  return { user, id, token: accessToken, refreshToken, sessionId };
}

// The users that a run creates, all named `verify-<random>`. Remembers each before it is requested,
// and deletes all at the end. Changes no other user.

import { randomBytes } from 'node:crypto';
import type { Answer } from '../contract/answer-check.ts';
import type { Asking } from './asking.ts';

/** A user of this run; it may not exist yet. */
export interface MadeUser {
  readonly username: string;
  readonly email: string;
  /** The passwords that it may have, newest last. */
  readonly passwords: string[];
}

export interface Users {
  /** Makes new credentials, and remembers them. */
  make(): MadeUser;
  /** Remembers a user from an answer that unexpectedly created one. */
  note(body: unknown, answer: Answer): void;
  /** Deletes all users of the run. Returns the names of those that may still exist. */
  deleteAll(asking: Asking): Promise<string[]>;
}

const json = { 'content-type': 'application/json' };

/** @param domain the domain of the e-mail addresses; a mail to it should reach no person */
export function createUsers(domain: string, adminToken: string | null): Users {
  const made = new Map<string, MadeUser>();
  const remember = (user: MadeUser) => {
    made.set(user.username.toLowerCase(), user);
    return user;
  };
  return {
    make() {
      const username = `verify-${randomBytes(8).toString('hex')}`;
      return remember({ username, email: `${username}@${domain}`, passwords: [newPassword()] });
    },
    note(body, { status, body: answered }) {
      if (status < 200 || status > 299) return;
      const { user, username = user?.username } = (answered ?? {}) as {
        user?: { username?: string };
        username?: string;
      };
      const { password } = (body ?? {}) as { password?: unknown };
      if (typeof username !== 'string' || made.has(username.toLowerCase())) return;
      remember({ username, email: '', passwords: [String(password)] });
    },
    async deleteAll(asking) {
      const left: string[] = [];
      for (const user of made.values()) {
        const isGone =
          (adminToken !== null &&
            (await deleteAsAdmin(asking, user, adminToken).catch(() => false))) ||
          (await deleteAsOwner(asking, user).catch(() => false));
        if (!isGone) left.push(user.username);
      }
      return left;
    },
  };
}

/** A random password of 24 characters (18 random bytes). */
export function newPassword(): string {
  return randomBytes(18).toString('base64url');
}

async function deleteAsAdmin(
  { quietly }: Asking,
  { username }: MadeUser,
  token: string,
): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}` };
  const { status, body } = await quietly({
    method: 'GET',
    path: `/api/users?search=${encodeURIComponent(username)}`,
    headers,
  });
  if (status !== 200) return false;
  const { users } = body as { users: { id: number; username: string }[] };
  const found = users.find((user) => user.username.toLowerCase() === username.toLowerCase());
  if (!found) return true;
  const deleted = await quietly({ method: 'DELETE', path: `/api/users/${found.id}`, headers });
  return [204, 404].includes(deleted.status);
}

async function deleteAsOwner(
  { quietly }: Asking,
  { username, passwords }: MadeUser,
): Promise<boolean> {
  for (const password of passwords.toReversed()) {
    const body = JSON.stringify({ username, password });
    const signedIn = await quietly({
      method: 'POST',
      path: '/api/auth/signin',
      headers: json,
      body,
    });
    if (signedIn.status === 401) continue;
    if (signedIn.status !== 200) return false;
    const { accessToken } = signedIn.body as { accessToken: string };
    const headers = { ...json, authorization: `Bearer ${accessToken}` };
    const deleted = await quietly({
      method: 'DELETE',
      path: '/api/account',
      headers,
      body: JSON.stringify({ password }),
    });
    return deleted.status === 204;
  }
  // None of its passwords works: the sign-up was refused, or the user is deleted.
  return true;
}

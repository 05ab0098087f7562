// Registration. Each new user has only the role `user`. A sign-up that asks for another role is
// refused, because otherwise any client could become admin. The unique constraints of the database
// decide whether a name is free, not a lookup beforehand.

import { uniqueViolation } from '../../db/errors.ts';
import type { Repositories } from '../../db/repositories.ts';
import type { EventOfNewUser, UserRow, Users } from '../../db/tables/users.ts';
import { eventOfNewUser } from '../audit/audit-event.ts';
import type { Client } from '../callers/caller.ts';
import { AuthError, type AuthErrorCode } from '../errors.ts';
import type { Outbox } from '../mailing/outbox.ts';
import type { Passwords } from '../passwords/index.ts';
import { authority, type Authority, type Role } from '../roles.ts';
import { createTurns } from './turns.ts';

export interface SignUpCommand {
  readonly username: string;
  readonly email: string;
  readonly password: string;
  readonly roles: readonly Role[];
}

/** A user in responses to its owner. */
export interface UserView {
  readonly id: number;
  readonly username: string;
  readonly email: string;
  readonly roles: Authority[];
}

/** The data of a new user, from a sign-up or from an admin. */
export type NewUser = Pick<UserRow, 'username' | 'email' | 'passwordHash'> & {
  readonly roles: readonly Role[];
};

const takenBy: Readonly<Record<string, AuthErrorCode>> = {
  users_username_key: 'username_taken',
  users_email_key: 'email_taken',
};

interface SignUpParts {
  readonly repositories: Repositories;
  readonly passwords: Passwords;
  readonly outbox: Outbox;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * @throws AuthError `role_required`, `weak_password`, `username_taken`, `email_taken`,
 * `validation_failed` (a password over 72 bytes)
 */
export type SignUp = (command: SignUpCommand, client: Client) => Promise<UserView>;

export function createSignUp({ repositories, passwords, outbox, now }: SignUpParts): SignUp {
  const turns = createTurns();
  return async function signUp({ username, email, password, roles }, client) {
    if (roles.some((role) => role !== 'user'))
      throw new AuthError('role_required', { message: 'Require Admin Role!' });
    const names = [`username ${username.toLowerCase()}`, `email ${email.toLowerCase()}`];
    return turns.take(names, async (waited) => {
      if (waited) await refuseTaken(repositories.users, { username, email });
      await passwords.refuseWeak(password, { username, email });
      const passwordHash = await passwords.hash(password);
      const user = { username, email, passwordHash, roles: ['user'] as const };
      const event = eventOfNewUser('signed_up', 'self', client, new Date(now()));
      const mail = outbox.isOpen ? 'email_verification' : null;
      const id = await insertUser(repositories.users, user, event, mail);
      outbox.kick();
      return { id, username, email, roles: [authority('user')] };
    });
  };
}

/**
 * Saves the hash of a sign-up that has lost already.
 * @throws AuthError `username_taken`, `email_taken`
 */
async function refuseTaken(
  users: Users,
  { username, email }: Pick<SignUpCommand, 'username' | 'email'>,
): Promise<void> {
  if (await users.findByUsername(username)) throw new AuthError('username_taken');
  if (await users.findByEmail(email)) throw new AuthError('email_taken');
}

/**
 * Inserts the user with their roles, the audit event, and the request for a mail.
 * @returns the id
 * @throws AuthError `username_taken`, `email_taken`; the transaction can then only be rolled back
 */
export async function insertUser(
  users: Users,
  user: NewUser,
  event: EventOfNewUser,
  mail: 'email_verification' | null,
): Promise<number> {
  try {
    return (await users.insert(user, event, mail)).id;
  } catch (error) {
    const code = takenBy[uniqueViolation(error) ?? ''];
    throw code ? new AuthError(code) : error;
  }
}

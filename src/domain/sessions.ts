// Signing in. Defends against finding out who has an account: an unknown user, a disabled one and a wrong password get one answer,
// after one bcrypt comparison each.

import type { Users } from '../db/users.ts';
import type { AccessTokens } from './access-tokens.ts';
import { AuthError } from './errors.ts';
import type { Passwords } from './passwords.ts';
import { authority, inOrder } from './roles.ts';
import type { UserView } from './users.ts';

export interface SignedIn {
  readonly user: UserView;
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
}

/** @throws AuthError `invalid_credentials`, `validation_failed` (a password over 72 bytes) */
export type SignIn = (credentials: { readonly username: string; readonly password: string }) => Promise<SignedIn>;

interface Parts {
  readonly users: Users;
  readonly passwords: Passwords;
  readonly accessTokens: AccessTokens;
}

export function createSignIn({ users, passwords, accessTokens }: Parts): SignIn {
  return async function signIn({ username, password }) {
    const user = await users.findByUsername(username);
    const matches = await passwords.verify(password, user?.passwordHash ?? null);
    if (!user || !matches || user.disabledAt !== null) throw new AuthError('invalid_credentials');
    return {
      user: { id: user.id, username: user.username, email: user.email, roles: inOrder(user.roles).map(authority) },
      accessToken: accessTokens.issue(user.id),
      expiresIn: accessTokens.lifetime,
    };
  };
}

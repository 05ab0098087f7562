// Who calls. Defends against a token that outlives what it stands for: whatever it says, the user is looked up on every request, in
// one query, so a role taken away, a disabled account or a deleted user counts from the next request on.

import type { Users } from '../db/users.ts';
import type { AccessTokens } from './access-tokens.ts';
import { AuthError } from './errors.ts';
import { inOrder, type Role } from './roles.ts';

export interface Caller {
  readonly userId: number;
  readonly username: string;
  readonly roles: readonly Role[];
}

/**
 * Tells whose token this is.
 * @throws AuthError `token_invalid` or `token_expired`
 */
export type Identify = (token: string) => Promise<Caller>;

export function createIdentify({ accessTokens, users }: { accessTokens: AccessTokens; users: Users }): Identify {
  return async function identify(token) {
    const { userId } = accessTokens.verify(token);
    const user = await users.findEnabledWithRoles(userId);
    if (!user) throw new AuthError('token_invalid');
    return { userId: user.id, username: user.username, roles: inOrder(user.roles) };
  };
}

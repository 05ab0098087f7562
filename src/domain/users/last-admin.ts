// The last admin. Defends against a service without an admin: each change that removes one (deletes
// the account, revokes the role, disables the user) checks here first. Correct with any number of
// nodes: the check holds a lock until its transaction ends, so the next check sees the change.

import type { Users, UserRow } from '../../db/tables/users.ts';
import { AuthError } from '../errors.ts';

/**
 * Locks the user and refuses when this user is the only enabled admin. Call it inside a
 * transaction, before any change.
 * @returns the current row; `undefined` when no such user exists (any more)
 * @throws AuthError `last_admin`
 */
export async function lockUnlessLastAdmin(
  users: Users,
  userId: number,
): Promise<UserRow | undefined> {
  const user = await lockAfterAdmins(users, userId);
  await refuseLastAdmin(users, userId);
  return user;
}

/** The first half: locks. For callers that check something else between the two halves. */
export async function lockAfterAdmins(users: Users, userId: number): Promise<UserRow | undefined> {
  // Always lock in this order. Otherwise two transactions could wait for each other.
  await users.lockAdmins();
  return users.lock(userId);
}

/**
 * The second half: refuses. The rows cannot change after this check, because they are locked.
 * @throws AuthError `last_admin`
 */
export async function refuseLastAdmin(users: Users, userId: number): Promise<void> {
  const [admin, another] = await users.findEnabledAdmins(2);
  if (admin === userId && another === undefined) throw new AuthError('last_admin');
}

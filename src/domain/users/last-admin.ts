// The last admin. Defends against a service that nobody can administer: whatever takes an admin away (the account, the role, the right to sign in)
// looks here first. Right at any number of nodes: who looks holds a lock until its transaction ends, so the next one sees what this one did.

import type { Users, UserRow } from '../../db/tables/users.ts';
import { AuthError } from '../errors.ts';

/**
 * Inside a transaction, before it changes anything: locks the user, and refuses when nobody else is an enabled admin.
 * @returns the user as they are now; undefined when there is none (any more)
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

/** The first half, for whoever has something to judge between the two. */
export async function lockAfterAdmins(users: Users, userId: number): Promise<UserRow | undefined> {
  // Always in this order, or two would wait for each other.
  await users.lockAdmins();
  return users.lock(userId);
}

/**
 * The second half: what it sees stays so, since the locks are there already.
 * @throws AuthError `last_admin`
 */
export async function refuseLastAdmin(users: Users, userId: number): Promise<void> {
  const [admin, another] = await users.findEnabledAdmins(2);
  if (admin === userId && another === undefined) throw new AuthError('last_admin');
}

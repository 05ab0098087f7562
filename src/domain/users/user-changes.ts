// Changes that admins make to a user. Each change, its checks and its audit event are one
// transaction. Defends against lost updates: a change that names versions is made only if the user
// has one of them. The user is locked until the transaction ends. Defends also against a service
// without an admin (last-admin.ts). This file does not check that the caller is an admin.

import type { Repositories } from '../../db/repositories.ts';
import type { UserRow, Users } from '../../db/tables/users.ts';
import { auditEvent, type Actor } from '../audit/audit-event.ts';
import { AuthError } from '../errors.ts';
import { lockAfterAdmins, refuseLastAdmin } from './last-admin.ts';
import { authority, inOrder, type Role } from '../roles.ts';
import { toUserDetails, type UserDetails } from './user-details.ts';

/** The user must have one of these versions. `undefined` accepts any version. */
export type ExpectedVersions = readonly number[] | undefined;

/**
 * Each throws AuthError `not_found` when no such user exists, `version_conflict` when the user has
 * none of the expected versions, and `last_admin`. A change that changes nothing is a no-op: no new
 * version, no audit event.
 */
export interface UserChanges {
  /** Replaces all roles. */
  setRoles(
    id: number,
    roles: readonly Role[],
    actor: Actor,
    expected?: ExpectedVersions,
  ): Promise<UserDetails>;
  /** Disables or enables the user. Disabling ends all their sessions. */
  setDisabled(
    id: number,
    disabled: boolean,
    actor: Actor,
    expected?: ExpectedVersions,
  ): Promise<UserDetails>;
  /** Deletes the user and all their data. */
  delete(id: number, actor: Actor, expected?: ExpectedVersions): Promise<void>;
}

interface UserChangesParts {
  readonly repositories: Repositories;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createUserChanges({
  repositories: { transaction },
  now,
}: UserChangesParts): UserChanges {
  return {
    setRoles(id, roles, actor, expected) {
      return transaction((inTransaction) =>
        setRoles(inTransaction, { id, expected, actor, at: new Date(now()) }, roles),
      );
    },
    setDisabled(id, disabled, actor, expected) {
      return transaction((inTransaction) =>
        setDisabled(inTransaction, { id, expected, actor, at: new Date(now()) }, disabled),
      );
    },
    delete(id, actor, expected) {
      return transaction((inTransaction) =>
        remove(inTransaction, { id, expected, actor, at: new Date(now()) }),
      );
    },
  };
}

/** @throws AuthError `not_found` */
export function refuseMissing(user: UserRow | undefined): UserRow {
  if (!user) throw new AuthError('not_found', { message: 'There is no such user.' });
  return user;
}

interface Change {
  readonly id: number;
  readonly expected: ExpectedVersions;
  readonly actor: Actor;
  readonly at: Date;
}

async function setRoles(
  { users, auditEvents }: Repositories,
  { id, expected, actor, at }: Change,
  wanted: readonly Role[],
): Promise<UserDetails> {
  const takesAdmin = !wanted.includes('admin');
  const user = await lock(users, id, expected, takesAdmin);
  const [before, after] = [inOrder(user.roles), inOrder(wanted)];
  const [added, taken] = [
    after.filter((role) => !before.includes(role)),
    before.filter((role) => !after.includes(role)),
  ];
  if (added.length + taken.length === 0) return toUserDetails(user);
  if (takesAdmin) await refuseLastAdmin(users, id);
  for (const role of added) await users.grantRole(id, role);
  for (const role of taken) await users.revokeRole(id, role);
  const details = { rolesBefore: before.map(authority), rolesAfter: after.map(authority) };
  await auditEvents.insert(auditEvent('roles_changed', actor, id, at, details));
  return readAgain(users, id);
}

async function setDisabled(
  { users, sessions, auditEvents }: Repositories,
  { id, expected, actor, at }: Change,
  disabled: boolean,
): Promise<UserDetails> {
  const user = await lock(users, id, expected, disabled);
  if (disabled === (user.disabledAt !== null)) return toUserDetails(user);
  if (disabled) {
    await refuseLastAdmin(users, id);
    await sessions.endAll(id, at);
  }
  await users.setDisabledAt(id, disabled ? at : null);
  await auditEvents.insert(auditEvent(disabled ? 'user_disabled' : 'user_enabled', actor, id, at));
  return readAgain(users, id);
}

async function remove(
  { users, auditEvents }: Repositories,
  { id, expected, actor, at }: Change,
): Promise<void> {
  const { username } = await lock(users, id, expected, true);
  await refuseLastAdmin(users, id);
  await users.remove(id);
  await auditEvents.insert(auditEvent('user_deleted', actor, id, at, { username }));
}

/** `takesAdmin`: the change may remove an admin, so it waits for other changes of this kind. */
async function lock(
  users: Users,
  id: number,
  expected: ExpectedVersions,
  takesAdmin: boolean,
): Promise<UserRow> {
  const user = refuseMissing(await (takesAdmin ? lockAfterAdmins(users, id) : users.lock(id)));
  if (expected && !expected.includes(user.version)) throw new AuthError('version_conflict');
  return user;
}

async function readAgain(users: Users, id: number): Promise<UserDetails> {
  return toUserDetails(refuseMissing(await users.findById(id)));
}

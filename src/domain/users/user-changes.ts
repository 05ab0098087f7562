// What admins change of a user. Each change, its judgement and its audit event are one transaction. Defends against lost updates: a change that
// names versions is made only if the user, locked until the transaction ends, has one of them; and against a service without an admin
// (last-admin.ts). Who is an admin is not asked here.

import type { Repositories } from '../../db/repositories.ts';
import type { UserRow, Users } from '../../db/tables/users.ts';
import { auditEvent, type Actor } from '../audit/audit-event.ts';
import { AuthError } from '../errors.ts';
import { lockAfterAdmins, refuseLastAdmin } from './last-admin.ts';
import { authority, inOrder, type Role } from '../roles.ts';
import { toUserDetails, type UserDetails } from './user-details.ts';

/** The user must have one of them; undefined: any will do. */
export type ExpectedVersions = readonly number[] | undefined;

/**
 * Each throws AuthError `not_found` when there is no such user, `version_conflict` when another version is expected, and `last_admin`. What is as
 * it is to be already is left alone: it gets no new version, and no event.
 */
export interface UserChanges {
  /** These roles and no others. */
  setRoles(
    id: number,
    roles: readonly Role[],
    actor: Actor,
    expected?: ExpectedVersions,
  ): Promise<UserDetails>;
  /** Who is disabled has no session any more. */
  setDisabled(
    id: number,
    disabled: boolean,
    actor: Actor,
    expected?: ExpectedVersions,
  ): Promise<UserDetails>;
  /** With everything that is theirs. */
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

/** `takesAdmin`: the change may take an admin away, so that all such changes wait for each other. */
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

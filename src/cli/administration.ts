// What the commands do with users, each change in one transaction with its audit event. Defends against a service without an admin
// (domain/last-admin.ts).

import type { Knex } from 'knex';
import { uniqueViolation } from '../db/errors.ts';
import { createRepositories, type Repositories } from '../db/repositories.ts';
import { createUserDirectory, type DirectoryRow, type UserDirectory } from '../db/user-directory.ts';
import { auditEvent, type Actor, type AuditDetails, type AuditEventType } from '../domain/audit.ts';
import { AuthError } from '../domain/errors.ts';
import { lockUnlessLastAdmin } from '../domain/last-admin.ts';
import type { PasswordPolicy } from '../domain/password-policy.ts';
import type { Passwords } from '../domain/passwords.ts';
import { authority, inOrder, type Authority, type Role } from '../domain/roles.ts';

export interface UserDetails {
  readonly id: number;
  readonly username: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly roles: Authority[];
  readonly disabled: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

export interface UserQuery {
  readonly search?: string | undefined;
  readonly role?: Role | undefined;
  readonly disabled?: boolean | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface NewUser {
  readonly username: string;
  readonly email: string;
  readonly password: string;
  readonly roles: readonly Role[];
}

export interface UserAdministration {
  list(query: UserQuery): Promise<{ readonly users: UserDetails[]; readonly nextCursor: string | null }>;
  get(id: number): Promise<UserDetails>;
  /** @throws AuthError `username_taken`, `email_taken`, `weak_password` */
  create(user: NewUser, actor: Actor): Promise<UserDetails>;
  /** @throws AuthError `last_admin` */
  setRoles(id: number, roles: readonly Role[], actor: Actor): Promise<UserDetails>;
  /** @throws AuthError `last_admin` */
  setDisabled(id: number, disabled: boolean, actor: Actor): Promise<UserDetails>;
  /** @throws AuthError `weak_password` */
  setPassword(id: number, password: string, actor: Actor): Promise<void>;
}

type Inside = Repositories & { readonly directory: UserDirectory };

interface Parts {
  readonly knex: Knex;
  readonly passwords: Passwords;
  readonly passwordPolicy: PasswordPolicy;
}

export function createUserAdministration({ knex, passwords, passwordPolicy }: Parts): UserAdministration {
  const directory = createUserDirectory(knex);
  const repositories = createRepositories(knex);
  const get = async (id: number) => toDetails(await directory.findById(id));
  const change = async (id: number, work: (inside: Inside, at: Date) => Promise<void>) => {
    await knex.transaction((transaction) =>
      work({ ...createRepositories(transaction), directory: createUserDirectory(transaction) }, new Date()),
    );
    return get(id);
  };

  return {
    get,
    async list({ cursor, limit, ...filter }) {
      const rows = await directory.list({ ...filter, limit, after: Number(cursor ?? 0) });
      return { users: rows.map(toDetails), nextCursor: rows.length < limit ? null : String(rows.at(-1)?.id) };
    },

    async create({ username, email, password, roles }, actor) {
      await passwordPolicy.refuseWeak(password, { username, email });
      const passwordHash = await passwords.hash(password);
      const wanted = inOrder(['user', ...roles]);
      const { id } = await repositories.transaction(async (inside) => {
        const created = await inside.users.insert({ username, email, passwordHash }).catch(refuseTaken);
        for (const role of wanted) await inside.users.grantRole(created.id, role);
        await record(inside, 'user_created', actor, created.id, { rolesAfter: wanted.map(authority) });
        return created;
      });
      return get(id);
    },

    setRoles: (id, roles, actor) =>
      change(id, async (inside) => {
        const user = await (roles.includes('admin') ? inside.users.lock(id) : lockUnlessLastAdmin(inside.users, id));
        const [before, after] = [inOrder(user?.roles ?? []), inOrder(roles)];
        for (const role of after) if (!before.includes(role)) await inside.users.grantRole(id, role);
        for (const role of before) if (!after.includes(role)) await inside.users.revokeRole(id, role);
        const details = { rolesBefore: before.map(authority), rolesAfter: after.map(authority) };
        if (before.join() !== after.join()) await record(inside, 'roles_changed', actor, id, details);
      }),

    setDisabled: (id, disabled, actor) =>
      change(id, async (inside, at) => {
        if (disabled) {
          await lockUnlessLastAdmin(inside.users, id);
          await inside.sessions.endAll(id, at);
        }
        await inside.directory.setDisabledAt(id, disabled ? at : null);
        await record(inside, disabled ? 'user_disabled' : 'user_enabled', actor, id);
      }),

    async setPassword(id, password, actor) {
      await passwordPolicy.refuseWeak(password, await get(id));
      const passwordHash = await passwords.hash(password);
      await change(id, async (inside, at) => {
        await inside.users.lock(id);
        await inside.users.setPasswordHash(id, passwordHash);
        await inside.sessions.endAll(id, at);
        await inside.oneTimeTokens.removeAll(id, 'password_reset');
        await record(inside, 'password_changed', actor, id);
      });
    },
  };
}

async function record(
  { auditEvents }: Repositories,
  type: AuditEventType,
  actor: Actor,
  id: number,
  details: AuditDetails = {},
): Promise<void> {
  await auditEvents.insert(auditEvent(type, actor, id, new Date(), details));
}

function refuseTaken(error: unknown): never {
  const index = uniqueViolation(error);
  if (index === 'users_username_key') throw new AuthError('username_taken');
  if (index === 'users_email_key') throw new AuthError('email_taken');
  throw error;
}

function toDetails(row: DirectoryRow | undefined): UserDetails {
  if (!row) throw new Error('the user was removed meanwhile');
  const { id, username, email, emailVerifiedAt, disabledAt, createdAt, updatedAt, version } = row;
  const roles = inOrder(row.roles).map(authority);
  const [emailVerified, disabled] = [emailVerifiedAt !== null, disabledAt !== null];
  return { id, username, email, emailVerified, roles, disabled, createdAt, updatedAt, version };
}

// The tables users, roles and user_roles.

import type { Knex } from 'knex';
import { eventValues, type AuditEvent } from './audit-events.ts';
import { whereWaiting } from './mail-requests.ts';
import { prepare, type Values } from '../statements.ts';

export interface UserRow {
  readonly id: number;
  readonly username: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly emailVerifiedAt: Date | null;
  readonly disabledAt: Date | null;
  readonly createdAt: Date;
  /** When a displayed property of the user last changed. */
  readonly updatedAt: Date;
  /** The database raises it with each such change. */
  readonly version: number;
  readonly roles: string[];
}

export type NewUserRow = Pick<UserRow, 'username' | 'email' | 'passwordHash'> & {
  readonly roles: readonly string[];
};

/**
 * An event about a user who has no id yet. `actorId`: the user who acts; `null`: as in AuditEvent;
 * `'self'`: the new user.
 */
export type EventOfNewUser = Omit<AuditEvent, 'actorId' | 'subjectId'> & {
  readonly actorId: number | null | 'self';
};

export interface Users {
  /**
   * Inserts the user with the roles and the event. If `mailPurpose` is not null, also inserts a
   * request for a mail to the user's address. Inserts all of it or nothing, in one round trip.
   * @throws a unique violation of users_username_key or users_email_key
   */
  insert(
    user: NewUserRow,
    event: EventOfNewUser,
    mailPurpose: string | null,
  ): Promise<{ readonly id: number }>;
  /** Without regard to case. */
  findByUsername(username: string): Promise<UserRow | undefined>;
  /** Without regard to case. */
  findByEmail(email: string): Promise<UserRow | undefined>;
  findById(id: number): Promise<UserRow | undefined>;
  /**
   * Locks the user until the transaction ends, so that no other transaction changes or removes it.
   * @returns the user as it is after the lock was taken
   */
  lock(id: number): Promise<UserRow | undefined>;
  /** Removes the user and all rows that belong to it. */
  remove(id: number): Promise<void>;
  setPasswordHash(id: number, passwordHash: string): Promise<void>;
  /** Stores a new hash of the same password. Does nothing when the old hash is no longer stored. */
  replacePasswordHash(id: number, old: string, passwordHash: string): Promise<void>;
  /**
   * Marks the address as verified, unless it was verified before. Locks the user until the
   * transaction ends.
   * @returns whether such a user exists, is enabled, and still has this address
   */
  verifyEmail(id: number, email: string, at: Date): Promise<boolean>;
  /** `null` enables the user. */
  setDisabledAt(id: number, disabledAt: Date | null): Promise<void>;
  /** @returns false when the user had the role before */
  grantRole(userId: number, role: string): Promise<boolean>;
  /** @returns false when the user did not have the role */
  revokeRole(userId: number, role: string): Promise<boolean>;
  hasEnabledAdmin(): Promise<boolean>;
  /** The ids of at most `limit` enabled admins. */
  findEnabledAdmins(limit: number): Promise<number[]>;
  /** Takes a lock until the transaction ends. Every other call waits for it. */
  lockAdmins(): Promise<void>;
}

/** The column `roles` of a query on `users`: the names of the user's roles. */
export const roleNames =
  'array(select r.name from user_roles ur join roles r on r.id = ur.role_id ' +
  'where ur.user_id = users.id) as roles';

const columns = {
  id: 'id',
  username: 'username',
  email: 'email',
  passwordHash: 'password_hash',
  emailVerifiedAt: 'email_verified_at',
  disabledAt: 'disabled_at',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  version: 'version',
};

const names = Object.entries(columns).map(([name, column]) => `${column} as "${name}"`);
const find = <Given extends Values>(purpose: string, condition: string) =>
  prepare<Given, UserRow>(
    purpose,
    `select ${names.join(', ')}, ${roleNames} from users where ${condition}`,
  );
const byId = find<{ id: number }>('find user', 'id = :id');
const byUsername = find<{ username: string }>(
  'find user by username',
  'lower(username collate "C") = lower(:username collate "C")',
);
const byEmail = find<{ email: string }>(
  'find user by email',
  'lower(email collate "C") = lower(:email collate "C")',
);

/**
 * All later parts read from `created`, so that a name in use is found before anything else is
 * locked.
 */
const insertUser = prepare<Values, { id: number }>(
  'insert user',
  `with created as (
     insert into users (username, email, password_hash) values (:username, :email, :passwordHash)
     returning id, email
   ), granted as (
     insert into user_roles (user_id, role_id)
     select created.id, roles.id from created, roles where name = any(:roles::text[])
   ), recorded as (
     insert into audit_events (type, actor_id, subject_id, request_id, ip, occurred_at, details)
     select :type, case when :bySelf::boolean then id else :actorId::bigint end, id, :requestId,
       :ip, :occurredAt::timestamptz, :details::jsonb
     from created
   ), requested as (
     insert into mail_requests (purpose, email, request_id, requested_at, due_at)
     select :mailPurpose::text, email, coalesce(:requestId, 'command line'),
       :occurredAt::timestamptz, :occurredAt::timestamptz
     from created where :mailPurpose::text is not null
     ${whereWaiting}
   )
   select id from created`,
);

export function createUsers(db: Knex): Users {
  return {
    ...createRoleQueries(db),
    async insert(user, event, mailPurpose) {
      const bySelf = event.actorId === 'self';
      const actorId = event.actorId === 'self' ? null : event.actorId;
      const written = eventValues({ ...event, actorId, subjectId: null });
      const [row] = await insertUser(db, { ...user, ...written, bySelf, mailPurpose });
      if (!row) throw new Error('the insert returned no row');
      return row;
    },
    async findByUsername(username) {
      return (await byUsername(db, { username }))[0];
    },
    async findByEmail(email) {
      return (await byEmail(db, { email }))[0];
    },
    async findById(id) {
      return (await byId(db, { id }))[0];
    },
    async lock(id) {
      // Two statements: only the second one sees the changes that the first one waited for,
      // including those of roles.
      await db('users').where({ id }).forUpdate().select('id');
      return (await byId(db, { id }))[0];
    },
    async remove(id) {
      await db('users').where({ id }).delete();
    },
    async replacePasswordHash(id, old, passwordHash) {
      await db('users').where({ id, password_hash: old }).update({ password_hash: passwordHash });
    },
    async setPasswordHash(id, passwordHash) {
      await db('users').where({ id }).update({ password_hash: passwordHash });
    },
    async setDisabledAt(id, disabledAt) {
      await db('users').where({ id }).update({ disabled_at: disabledAt });
    },
    async verifyEmail(id, email, at) {
      const found = db('users').where({ id }).whereNull('disabled_at');
      const changed = await found
        .whereRaw('lower(email collate "C") = lower(? collate "C")', [email])
        .update({ email_verified_at: db.raw('coalesce(email_verified_at, ?)', [at]) });
      return changed > 0;
    },
  };
}

type RoleQueries = Pick<
  Users,
  'grantRole' | 'revokeRole' | 'hasEnabledAdmin' | 'findEnabledAdmins' | 'lockAdmins'
>;

function createRoleQueries(db: Knex): RoleQueries {
  const enabledAdmins = (limit: number): Promise<number[]> =>
    db('users')
      .join('user_roles', 'user_roles.user_id', 'users.id')
      .join('roles', 'roles.id', 'user_roles.role_id')
      .where('roles.name', 'admin')
      .whereNull('users.disabled_at')
      .limit(limit)
      .pluck<number[]>('users.id');
  return {
    async grantRole(userId, role) {
      const granted = await db.raw<{ rowCount: number }>(
        `insert into user_roles (user_id, role_id)
         select ?, id from roles where name = ? on conflict do nothing`,
        [userId, role],
      );
      return granted.rowCount > 0;
    },
    async revokeRole(userId, role) {
      const roleId = db('roles').where({ name: role }).select('id');
      return (
        (await db('user_roles').where({ user_id: userId }).whereIn('role_id', roleId).delete()) > 0
      );
    },
    async hasEnabledAdmin() {
      return (await enabledAdmins(1)).length > 0;
    },
    findEnabledAdmins: enabledAdmins,
    async lockAdmins() {
      // `no key update`: a transaction that grants the role only refers to this row, and need not
      // wait.
      await db('roles').where({ name: 'admin' }).forNoKeyUpdate().select('id');
    },
  };
}

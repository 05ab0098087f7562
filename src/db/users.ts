// The tables users, roles and user_roles.

import type { Knex } from 'knex';

export interface UserRow {
  readonly id: number;
  readonly username: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly emailVerifiedAt: Date | null;
  readonly disabledAt: Date | null;
  readonly createdAt: Date;
  /** When something of what is shown of the user last changed. */
  readonly updatedAt: Date;
  /** Raised by the database with each such change. */
  readonly version: number;
  readonly roles: string[];
}

export interface Users {
  /** @throws a unique violation of users_username_key or users_email_key */
  insert(user: Pick<UserRow, 'username' | 'email' | 'passwordHash'>): Promise<{ readonly id: number }>;
  /** Without regard to case. */
  findByUsername(username: string): Promise<UserRow | undefined>;
  /** Without regard to case. */
  findByEmail(email: string): Promise<UserRow | undefined>;
  findById(id: number): Promise<UserRow | undefined>;
  /** Keeps others from changing or removing the user until the transaction ends, and tells what the user is now. */
  lock(id: number): Promise<UserRow | undefined>;
  /** With everything that is theirs. */
  remove(id: number): Promise<void>;
  setPasswordHash(id: number, passwordHash: string): Promise<void>;
  /** Of the same password; does nothing when the old hash is not there any more. */
  replacePasswordHash(id: number, old: string, passwordHash: string): Promise<void>;
  /**
   * Marks the address as verified, unless it was before, and keeps others from changing the user until the transaction ends. Tells whether
   * there is such a user, not disabled, and with this address still.
   */
  verifyEmail(id: number, email: string, at: Date): Promise<boolean>;
  /** null: enabled. */
  setDisabledAt(id: number, disabledAt: Date | null): Promise<void>;
  /** Tells whether the user has the role only since now. */
  grantRole(userId: number, role: string): Promise<boolean>;
  /** Tells whether the user had the role until now. */
  revokeRole(userId: number, role: string): Promise<boolean>;
  hasEnabledAdmin(): Promise<boolean>;
  /** The ids of enabled admins, `limit` at most. */
  findEnabledAdmins(limit: number): Promise<number[]>;
  /** Keeps all others who call this waiting until the transaction ends. */
  lockAdmins(): Promise<void>;
}

/** The column `roles` of a query on `users`: the names of the user's roles. */
export function roleNames(db: Knex): Knex.Raw {
  return db.raw('array(select r.name from user_roles ur join roles r on r.id = ur.role_id where ur.user_id = users.id) as roles');
}

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

export function createUsers(db: Knex): Users {
  const select = () => db('users').first<UserRow | undefined>(columns, roleNames(db));
  return {
    ...createRoleQueries(db),
    async insert({ username, email, passwordHash }) {
      const [row] = await db('users').insert({ username, email, password_hash: passwordHash }).returning<{ id: number }[]>('id');
      if (!row) throw new Error('the insert returned no row');
      return { id: row.id };
    },
    findByUsername(username) {
      return select().whereRaw('lower(username collate "C") = lower(? collate "C")', [username]);
    },
    findByEmail(email) {
      return select().whereRaw('lower(email collate "C") = lower(? collate "C")', [email]);
    },
    findById(id) {
      return select().where({ id });
    },
    async lock(id) {
      // Two statements: what was waited for is seen by the next one only, the roles among it.
      await db('users').where({ id }).forUpdate().select('id');
      return select().where({ id });
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

type RoleQueries = Pick<Users, 'grantRole' | 'revokeRole' | 'hasEnabledAdmin' | 'findEnabledAdmins' | 'lockAdmins'>;

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
        'insert into user_roles (user_id, role_id) select ?, id from roles where name = ? on conflict do nothing',
        [userId, role],
      );
      return granted.rowCount > 0;
    },
    async revokeRole(userId, role) {
      const roleId = db('roles').where({ name: role }).select('id');
      return (await db('user_roles').where({ user_id: userId }).whereIn('role_id', roleId).delete()) > 0;
    },
    async hasEnabledAdmin() {
      return (await enabledAdmins(1)).length > 0;
    },
    findEnabledAdmins: enabledAdmins,
    async lockAdmins() {
      // `no key update`: whoever grants the role at this moment refers to its row, and need not wait.
      await db('roles').where({ name: 'admin' }).forNoKeyUpdate().select('id');
    },
  };
}

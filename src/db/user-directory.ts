// Users page by page, and whether they may sign in: what the commands need beside users.ts.

import type { Knex } from 'knex';
import { roleNames } from './users.ts';

export interface DirectoryRow {
  readonly id: number;
  readonly username: string;
  readonly email: string;
  readonly emailVerifiedAt: Date | null;
  readonly disabledAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
  readonly roles: string[];
}

export interface DirectoryFilter {
  /** Part of the username or of the e-mail address, in any case. */
  readonly search?: string | undefined;
  readonly role?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly limit: number;
  /** Only users after this id. */
  readonly after: number;
}

export interface UserDirectory {
  list(filter: DirectoryFilter): Promise<DirectoryRow[]>;
  findById(id: number): Promise<DirectoryRow | undefined>;
  setDisabledAt(id: number, disabledAt: Date | null): Promise<void>;
}

const columns = {
  id: 'users.id',
  username: 'username',
  email: 'email',
  emailVerifiedAt: 'email_verified_at',
  disabledAt: 'disabled_at',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  version: 'version',
};

export function createUserDirectory(db: Knex): UserDirectory {
  return {
    async list({ search, role, disabled, limit, after }) {
      const found = db('users').where('users.id', '>', after).orderBy('users.id').limit(limit);
      if (search !== undefined) {
        const part = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
        void found.whereRaw('(username ilike ? or email ilike ?)', [part, part]);
      }
      if (role !== undefined) {
        const holders = db('user_roles').join('roles', 'roles.id', 'role_id').where('roles.name', role).select('user_id');
        void found.whereIn('users.id', holders);
      }
      if (disabled !== undefined) void (disabled ? found.whereNotNull('disabled_at') : found.whereNull('disabled_at'));
      return found.select<DirectoryRow[]>(columns, roleNames(db));
    },
    findById(id) {
      return db('users').where({ id }).first<DirectoryRow | undefined>(columns, roleNames(db));
    },
    async setDisabledAt(id, disabledAt) {
      await db('users').where({ id }).update({ disabled_at: disabledAt });
    },
  };
}

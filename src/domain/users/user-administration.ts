// User administration, for admins and for the command line: look users up, create and change them.
// This file does not check that the caller is an admin.

import type { Repositories } from '../../db/repositories.ts';
import { driverOf, type UserFilter } from '../../db/tables/user-list.ts';
import { auditEvent, eventOfNewUser, type Actor } from '../audit/audit-event.ts';
import type { Outbox } from '../mailing/outbox.ts';
import type { Passwords } from '../passwords/index.ts';
import { authority, inOrder, type Role } from '../roles.ts';
import { createUserChanges, refuseMissing, type UserChanges } from './user-changes.ts';
import { readCursor, writeCursor } from './user-cursor.ts';
import { toUserDetails, type UserDetails } from './user-details.ts';
import { insertUser, type SignUpCommand } from './sign-up.ts';

export interface UserQuery extends UserFilter {
  readonly role?: Role | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface UserAdministration extends UserChanges {
  /**
   * Returns a page. It may hold fewer users than `limit`, or none, and still not be the last page.
   * @throws AuthError `validation_failed` when the cursor is not from the same kind of query
   */
  list(
    query: UserQuery,
  ): Promise<{ readonly users: UserDetails[]; readonly nextCursor: string | null }>;
  /** @throws AuthError `not_found` */
  get(id: number): Promise<UserDetails>;
  /**
   * Creates a user with the role `user` and the requested roles.
   * @throws AuthError `username_taken`, `email_taken`, `weak_password`, `validation_failed` (a
   * password over 72 bytes)
   */
  create(command: SignUpCommand, actor: Actor): Promise<UserDetails>;
  /**
   * Sets the password, and ends all sessions and all links to reset it.
   * @throws AuthError `not_found`, `weak_password`, `validation_failed` (a password over 72 bytes)
   */
  setPassword(id: number, password: string, actor: Actor): Promise<void>;
}

interface UserAdministrationParts {
  readonly repositories: Repositories;
  readonly passwords: Passwords;
  /** `null` when no mail is sent, as on the command line. */
  readonly outbox: Pick<Outbox, 'isOpen' | 'kick'> | null;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createUserAdministration({
  repositories,
  passwords,
  outbox,
  now,
}: UserAdministrationParts): UserAdministration {
  return {
    ...createUserChanges({ repositories, now }),

    async list({ limit, cursor, ...filter }) {
      const driver = driverOf(filter);
      const after = cursor === undefined ? null : readCursor(driver, cursor);
      const { rows, next } = await repositories.userList.page(filter, after, limit);
      return {
        users: rows.map(toUserDetails),
        nextCursor: next === null ? null : writeCursor(driver, next),
      };
    },

    async get(id) {
      return toUserDetails(refuseMissing(await repositories.users.findById(id)));
    },

    async create({ username, email, password, roles: wanted }, actor) {
      await passwords.refuseWeak(password, { username, email });
      const passwordHash = await passwords.hash(password);
      const roles = inOrder(['user', ...wanted]);
      const mail = outbox?.isOpen ? 'email_verification' : null;
      const user = await repositories.transaction(async ({ users }) => {
        const event = eventOfNewUser('user_created', actor.userId, actor, new Date(now()), {
          rolesAfter: roles.map(authority),
        });
        const id = await insertUser(users, { username, email, passwordHash, roles }, event, mail);
        return refuseMissing(await users.findById(id));
      });
      outbox?.kick();
      return toUserDetails(user);
    },

    async setPassword(id, password, actor) {
      await passwords.refuseWeak(password, refuseMissing(await repositories.users.findById(id)));
      const passwordHash = await passwords.hash(password);
      await repositories.transaction(async ({ users, sessions, oneTimeTokens, auditEvents }) => {
        refuseMissing(await users.lock(id));
        const at = new Date(now());
        await users.setPasswordHash(id, passwordHash);
        await sessions.endAll(id, at);
        await oneTimeTokens.removeAll(id, 'password_reset');
        await auditEvents.insert(auditEvent('password_changed', actor, id, at));
      });
    },
  };
}

// Handlers for the administration of users and their sessions. A change may depend on the version
// that the client has read (`If-Match`).

import type { Handlers } from '../contract/operations.ts';
import type { components } from '../contract/openapi.gen.ts';
import { actorOf } from '../domain/audit/audit-event.ts';
import type { Caller, Client } from '../domain/callers/caller.ts';
import { authority, roles as allRoles } from '../domain/roles.ts';
import type { UserAdministration } from '../domain/users/user-administration.ts';
import type { UserDetails } from '../domain/users/user-details.ts';
import type { UserSessions } from '../domain/sessions/user-sessions.ts';
import { entityTag, expectedVersions } from './entity-tags.ts';
import { sessionBodies } from './session-list.ts';

export interface UserHandlersParts {
  readonly userAdministration: UserAdministration;
  readonly userSessions: UserSessions;
}

type Reading = 'listUsers' | 'getUser' | 'listUserSessions' | 'listRoles';
type Changing = 'createUser' | 'setUserRoles' | 'updateUser' | 'deleteUser' | 'endUserSessions';

export function createUserHandlers(
  parts: UserHandlersParts,
): Pick<Handlers<Caller, Client>, Reading | Changing> {
  return { ...createReadingHandlers(parts), ...createChangingHandlers(parts) };
}

function createReadingHandlers({
  userAdministration,
  userSessions,
}: UserHandlersParts): Pick<Handlers<Caller, Client>, Reading> {
  return {
    async listUsers({ query: { search, role, disabled, limit = 20, cursor } }) {
      const { users, nextCursor } = await userAdministration.list({
        search,
        role,
        disabled,
        limit,
        cursor,
      });
      return { status: 200, body: { users: users.map(userBody), nextCursor } };
    },

    async getUser({ params: { userId } }) {
      return userReply(await userAdministration.get(userId));
    },

    async listUserSessions({ params: { userId }, caller }) {
      return {
        status: 200,
        body: { sessions: sessionBodies(await userSessions.list(userId, caller)) },
      };
    },

    listRoles: () =>
      Promise.resolve({
        status: 200,
        body: { roles: allRoles.map((name) => ({ name, authority: authority(name) })) },
      }),
  };
}

function createChangingHandlers({
  userAdministration,
  userSessions,
}: UserHandlersParts): Pick<Handlers<Caller, Client>, Changing> {
  return {
    async createUser({ body: { username, email, password, roles = [] }, client, caller }) {
      const user = await userAdministration.create(
        { username, email, password, roles },
        actorOf(client, caller),
      );
      const headers = { ETag: entityTag(user.version), Location: `/api/users/${user.id}` };
      return { status: 201, body: userBody(user), headers };
    },

    async setUserRoles({ params: { userId }, headers, body: { roles }, client, caller }) {
      const expected = expectedVersions(headers['If-Match']);
      return userReply(
        await userAdministration.setRoles(userId, roles, actorOf(client, caller), expected),
      );
    },

    async updateUser({ params: { userId }, headers, body: { disabled }, client, caller }) {
      const expected = expectedVersions(headers['If-Match']);
      return userReply(
        await userAdministration.setDisabled(userId, disabled, actorOf(client, caller), expected),
      );
    },

    async deleteUser({ params: { userId }, headers, client, caller }) {
      await userAdministration.delete(
        userId,
        actorOf(client, caller),
        expectedVersions(headers['If-Match']),
      );
      return { status: 204 };
    },

    async endUserSessions({ params: { userId }, client, caller }) {
      await userSessions.endAll(userId, actorOf(client, caller));
      return { status: 204 };
    },
  };
}

type UserBody = components['schemas']['UserDetails'];

function userReply(user: UserDetails): { status: 200; body: UserBody; headers: { ETag: string } } {
  return { status: 200, body: userBody(user), headers: { ETag: entityTag(user.version) } };
}

function userBody({
  id,
  username,
  email,
  emailVerified,
  roles,
  disabled,
  createdAt,
  updatedAt,
}: UserDetails): UserBody {
  const times = { createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
  return { id, username, email, emailVerified, roles, disabled, ...times };
}

// Handlers for the caller's own account and sessions. They list the members of each reply.

import type { Handlers } from '../contract/operations.ts';
import type { Account } from '../domain/users/account.ts';
import type { AccountSessions } from '../domain/sessions/account-sessions.ts';
import type { Caller, Client } from '../domain/callers/caller.ts';
import { bodyTokens, clearedCookies, sessionCookies } from './session-cookies.ts';
import { sessionBodies } from './session-list.ts';

export interface AccountHandlersParts {
  readonly account: Account;
  readonly accountSessions: AccountSessions;
}

type Operations =
  | 'getAccount'
  | 'changePassword'
  | 'listSessions'
  | 'endSession'
  | 'endOtherSessions'
  | 'deleteAccount';

export function createAccountHandlers({
  account,
  accountSessions,
}: AccountHandlersParts): Pick<Handlers<Caller, Client>, Operations> {
  return {
    async getAccount({ caller }) {
      const { id, username, email, emailVerified, roles, createdAt } = await account.read(caller);
      return {
        status: 200,
        body: { id, username, email, emailVerified, roles, createdAt: createdAt.toISOString() },
      };
    },

    async changePassword({ body: { currentPassword, newPassword }, caller, client }) {
      const change = { currentPassword, newPassword };
      const { sessionId, ...tokens } = await account.changePassword(caller, change, client);
      return {
        status: 200,
        body: {
          sessionId,
          ...bodyTokens(tokens, client.byCookie),
          tokenType: 'Bearer',
          expiresIn: tokens.expiresIn,
        },
        headers: client.byCookie ? { 'Set-Cookie': sessionCookies(tokens) } : {},
      };
    },

    async listSessions({ caller }) {
      return { status: 200, body: { sessions: sessionBodies(await accountSessions.list(caller)) } };
    },

    async endSession({ params: { sessionId }, caller, client }) {
      const { wasCurrent } = await accountSessions.end(caller, sessionId, client);
      return { status: 204, headers: wasCurrent ? { 'Set-Cookie': clearedCookies() } : {} };
    },

    async endOtherSessions({ caller, client }) {
      await accountSessions.endOthers(caller, client);
      return { status: 204 };
    },

    async deleteAccount({ body: { password }, caller, client }) {
      await account.remove(caller, password, client);
      return { status: 204, headers: { 'Set-Cookie': clearedCookies() } };
    },
  };
}

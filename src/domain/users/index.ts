// Users: sign-up, the caller's own account, and the administration of all users.

import type { Repositories } from '../../db/repositories.ts';
import type { Outbox } from '../mailing/outbox.ts';
import type { Passwords } from '../passwords/index.ts';
import type { SessionTimes } from '../session-times.ts';
import type { Tokens } from '../tokens/index.ts';
import { createAccount, type Account } from './account.ts';
import { createSignUp, type SignUp } from './sign-up.ts';
import { createUserAdministration, type UserAdministration } from './user-administration.ts';

export interface Users {
  readonly signUp: SignUp;
  readonly account: Account;
  readonly userAdministration: UserAdministration;
}

export interface UsersParts {
  readonly repositories: Repositories;
  readonly passwords: Passwords;
  readonly outbox: Outbox;
  readonly tokensFor: Tokens['tokensFor'];
  readonly times: SessionTimes;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createUsers(parts: UsersParts): Users {
  return {
    signUp: createSignUp(parts),
    account: createAccount(parts),
    userAdministration: createUserAdministration(parts),
  };
}

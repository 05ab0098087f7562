// A user in responses to admins.

import type { ListedUser } from '../../db/tables/user-list.ts';
import { authority, inOrder, type Authority } from '../roles.ts';

export interface UserDetails {
  readonly id: number;
  readonly username: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly roles: Authority[];
  readonly disabled: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Differs after each change of a member of this type. */
  readonly version: number;
}

export function toUserDetails(row: ListedUser): UserDetails {
  const { id, username, email, emailVerifiedAt, disabledAt, createdAt, updatedAt, version } = row;
  const roles = inOrder(row.roles).map(authority);
  const [emailVerified, disabled] = [emailVerifiedAt !== null, disabledAt !== null];
  return { id, username, email, emailVerified, roles, disabled, createdAt, updatedAt, version };
}

// What the audit tells: who did what to whom, from where and when. Each event is written in the same transaction as what it tells of. Refuses
// secrets by its form: there is no member that could hold one, and what somebody typed as a username that nobody has is not kept, since
// people type passwords there.

import type { AuditEvent } from '../../db/tables/audit-events.ts';
import type { EventOfNewUser } from '../../db/tables/users.ts';
import type { Caller, Client } from '../callers/caller.ts';
import type { Authority } from '../roles.ts';

export const auditEventTypes = [
  'signed_up',
  'signed_in',
  'sign_in_failed',
  'signed_out',
  'session_ended',
  'sessions_ended',
  'refresh_token_reused',
  'password_changed',
  'password_reset',
  'email_verified',
  'user_created',
  'roles_changed',
  'user_disabled',
  'user_enabled',
  'user_deleted',
] as const;
export type AuditEventType = (typeof auditEventTypes)[number];

/** Who does something. */
export interface Actor {
  /** null: it is not known who, or the command line. */
  readonly userId: number | null;
  /** null: the command line. */
  readonly requestId: string | null;
  readonly ip: string | null;
}

export type SignInRefusal = 'unknown_user' | 'wrong_password' | 'disabled' | 'email_not_verified';

export interface AuditDetails {
  readonly sessionId?: string;
  /** Of a user that may be gone when this is read. */
  readonly username?: string;
  /** Why a sign-in failed. */
  readonly reason?: SignInRefusal;
  readonly rolesBefore?: readonly Authority[];
  readonly rolesAfter?: readonly Authority[];
  /** Of a refresh token that was used again, and of the one that counts. */
  readonly counter?: number;
  readonly current?: number;
}

export function actorOf({ requestId, ip }: Client, caller?: Caller): Actor {
  return { userId: caller?.userId ?? null, requestId, ip };
}

/** `subjectId`: whom it happened to; null: a user that there is not. */
export function auditEvent(
  type: AuditEventType,
  { userId: actorId, requestId, ip }: Actor,
  subjectId: number | null,
  occurredAt: Date,
  details: AuditDetails = {},
): AuditEvent {
  return { type, actorId, subjectId, requestId, ip, occurredAt, details };
}

/** What a user does to themselves, where they prove who they are by something else than a token. */
export function ownEvent(
  type: AuditEventType,
  userId: number,
  client: Client,
  occurredAt: Date,
  details: AuditDetails = {},
): AuditEvent {
  return auditEvent(type, { ...actorOf(client), userId }, userId, occurredAt, details);
}

/** `actorId` 'self': the new user. Whom it happened to is told by the database, which gives the id. */
export function eventOfNewUser(
  type: AuditEventType,
  actorId: EventOfNewUser['actorId'],
  { requestId, ip }: Pick<Actor, 'requestId' | 'ip'>,
  occurredAt: Date,
  details: AuditDetails = {},
): EventOfNewUser {
  return { type, actorId, requestId, ip, occurredAt, details };
}

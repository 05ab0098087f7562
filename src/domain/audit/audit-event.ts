// An audit event records who did what to whom, from where and when. It is written in the same
// transaction as the change that it records. Its form refuses secrets: no member could hold one.
// The username of an unknown user is not stored, because people type passwords there by mistake.

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

/** The user, or the command line, that causes an event. */
export interface Actor {
  /** `null` for an unknown user and for the command line. */
  readonly userId: number | null;
  /** `null` for the command line. */
  readonly requestId: string | null;
  readonly ip: string | null;
}

export type SignInRefusal = 'unknown_user' | 'wrong_password' | 'disabled' | 'email_not_verified';

export interface AuditDetails {
  readonly sessionId?: string;
  /** The name of a user that may be deleted when the event is read. */
  readonly username?: string;
  /** Why a sign-in failed. */
  readonly reason?: SignInRefusal;
  readonly rolesBefore?: readonly Authority[];
  readonly rolesAfter?: readonly Authority[];
  /** `counter` of the refresh token that was used again, and `current` of the valid one. */
  readonly counter?: number;
  readonly current?: number;
}

export function actorOf({ requestId, ip }: Client, caller?: Caller): Actor {
  return { userId: caller?.userId ?? null, requestId, ip };
}

/** `subjectId`: the user whom the event affects; `null` when no such user exists. */
export function auditEvent(
  type: AuditEventType,
  { userId: actorId, requestId, ip }: Actor,
  subjectId: number | null,
  occurredAt: Date,
  details: AuditDetails = {},
): AuditEvent {
  return { type, actorId, subjectId, requestId, ip, occurredAt, details };
}

/**
 * The event of an action on the user's own account, when an access token is not the proof: a
 * password or a mailed link is.
 */
export function ownEvent(
  type: AuditEventType,
  userId: number,
  client: Client,
  occurredAt: Date,
  details: AuditDetails = {},
): AuditEvent {
  return auditEvent(type, { ...actorOf(client), userId }, userId, occurredAt, details);
}

/**
 * `actorId` 'self' means the new user. The database adds the subject, because it creates the id.
 */
export function eventOfNewUser(
  type: AuditEventType,
  actorId: EventOfNewUser['actorId'],
  { requestId, ip }: Pick<Actor, 'requestId' | 'ip'>,
  occurredAt: Date,
  details: AuditDetails = {},
): EventOfNewUser {
  return { type, actorId, requestId, ip, occurredAt, details };
}

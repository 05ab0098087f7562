// The row of a session that begins: at a sign-in, and at a change of the password.

import { randomBytes, randomUUID } from 'node:crypto';
import type { SessionRow } from '../db/tables/sessions.ts';
import type { Client } from './callers/caller.ts';
import type { SessionTimes } from './session-times.ts';

/** `time`: milliseconds since 1970. */
export function newSession(
  userId: number,
  { userAgent, ip }: Client,
  time: number,
  { sessionTtl }: Pick<SessionTimes, 'sessionTtl'>,
): Omit<SessionRow, 'refreshCounter' | 'rotatedAt' | 'endedAt'> {
  const times = { createdAt: new Date(time), expiresAt: new Date(time + sessionTtl * 1000) };
  return { id: randomUUID(), userId, refreshSalt: randomBytes(16), ...times, userAgent, ip };
}

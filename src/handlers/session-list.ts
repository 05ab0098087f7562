// Renders a list of sessions as the contract declares it, for their owner and for admins.

import type { components } from '../contract/openapi.gen.ts';
import type { SessionView } from '../domain/sessions/account-sessions.ts';

export function sessionBodies(
  sessions: readonly SessionView[],
): components['schemas']['Session'][] {
  return sessions.map((session) => ({
    id: session.id,
    current: session.current,
    userAgent: session.userAgent,
    ip: session.ip,
    createdAt: session.createdAt.toISOString(),
    lastUsedAt: session.rotatedAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
  }));
}

// The audit log for admins: pages of events, the newest first. A cursor names the last event of the
// page before, not an offset, so that new events do not shift the pages.

import type { AuditEventFilter, AuditEventRow, AuditEvents } from '../../db/tables/audit-events.ts';
import { AuthError } from '../errors.ts';

export interface AuditQuery extends Omit<AuditEventFilter, 'after'> {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface AuditPage {
  readonly events: readonly AuditEventRow[];
  readonly nextCursor: string | null;
}

/** @throws AuthError `validation_failed` when this service did not issue the cursor */
export type ListAuditEvents = (query: AuditQuery) => Promise<AuditPage>;

export function createListAuditEvents(auditEvents: AuditEvents): ListAuditEvents {
  return async function listAuditEvents({ limit, cursor, ...filter }) {
    const after = cursor === undefined ? undefined : readCursor(cursor);
    const rows = await auditEvents.list({ ...filter, after }, limit + 1);
    const events = rows.slice(0, limit);
    const last = events.at(-1);
    return { events, nextCursor: rows.length > limit && last ? cursorAfter(last) : null };
  };
}

function cursorAfter({ occurredAt, id }: AuditEventRow): string {
  return Buffer.from(`${occurredAt.getTime()}.${id}`).toString('base64url');
}

function readCursor(cursor: string): Pick<AuditEventRow, 'occurredAt' | 'id'> {
  const [, time, id] =
    /^(\d{1,15})\.(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (time === undefined || id === undefined) {
    throw new AuthError('validation_failed', {
      breaches: [{ path: '/query/cursor', message: 'must be the nextCursor of a page' }],
    });
  }
  return { occurredAt: new Date(Number(time)), id: Number(id) };
}

// Handler that lists the audit events. It refuses times that do not exist.

import type { Handlers } from '../contract/operations.ts';
import type { components } from '../contract/openapi.gen.ts';
import type { ListAuditEvents } from '../domain/audit/audit-log.ts';
import { AuthError } from '../domain/errors.ts';
import type { Caller, Client } from '../domain/callers/caller.ts';

type Event = components['schemas']['AuditEvent'];

export interface AuditHandlersParts {
  readonly listAuditEvents: ListAuditEvents;
}

export function createAuditHandlers({
  listAuditEvents,
}: AuditHandlersParts): Pick<Handlers<Caller, Client>, 'listAuditEvents'> {
  return {
    async listAuditEvents({ query: { type, actorId, subjectId, from, to, limit = 20, cursor } }) {
      const times = { from: readMoment('from', from), to: readMoment('to', to) };
      const { events, nextCursor } = await listAuditEvents({
        type,
        actorId,
        subjectId,
        ...times,
        limit,
        cursor,
      });
      return {
        status: 200,
        body: {
          events: events.map((event) => ({
            id: event.id,
            // Written by domain/audit/audit-event.ts; a test checks its types against the contract.
            type: event.type as Event['type'],
            actorId: event.actorId,
            subjectId: event.subjectId,
            requestId: event.requestId,
            ip: event.ip,
            occurredAt: event.occurredAt.toISOString(),
            details: event.details,
          })),
          nextCursor,
        },
      };
    },
  };
}

/**
 * The time in a query parameter. Refuses texts that look like times but are not: 30 February does
 * not exist, and JavaScript has no leap seconds.
 * @throws AuthError `validation_failed`
 */
function readMoment(name: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const moment = new Date(text);
  const day = Number(text.slice(8, 10));
  const lastDay = new Date(
    Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0),
  ).getUTCDate();
  if (!Number.isNaN(moment.getTime()) && day <= lastDay) return moment;
  throw new AuthError('validation_failed', {
    breaches: [
      { path: `/query/${name}`, message: 'must be a time that exists, and no leap second' },
    ],
  });
}

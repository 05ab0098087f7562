// The table audit_events: who did what to whom. Written in the same transaction as what it tells of; never holds a secret.

import type { Knex } from 'knex';

export interface AuditEvent {
  readonly type: string;
  /** null: nobody who is known. */
  readonly actorId: number | null;
  readonly subjectId: number | null;
  /** null: the command line. */
  readonly requestId: string | null;
  readonly ip: string | null;
  readonly occurredAt: Date;
  readonly details: Readonly<object>;
}

export interface AuditEvents {
  insert(event: AuditEvent): Promise<void>;
}

export function createAuditEvents(db: Knex): AuditEvents {
  return {
    async insert({ type, actorId, subjectId, requestId, ip, occurredAt, details }) {
      await db('audit_events').insert({
        type,
        actor_id: actorId,
        subject_id: subjectId,
        request_id: requestId,
        ip,
        occurred_at: occurredAt,
        details: JSON.stringify(details),
      });
    },
  };
}

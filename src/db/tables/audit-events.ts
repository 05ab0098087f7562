// The table audit_events: who did what to whom. An event is written in the transaction of the
// change that it describes, and never contains a secret.

import type { Knex } from 'knex';

export interface AuditEvent {
  readonly type: string;
  /** `null` when the actor is unknown. */
  readonly actorId: number | null;
  readonly subjectId: number | null;
  /** `null` when the event comes from the command line. */
  readonly requestId: string | null;
  readonly ip: string | null;
  readonly occurredAt: Date;
  readonly details: Readonly<object>;
}

export interface AuditEventRow extends AuditEvent {
  readonly id: number;
}

/** A filter that is not given matches every event. */
export interface AuditEventFilter {
  readonly type?: string | undefined;
  readonly actorId?: number | undefined;
  readonly subjectId?: number | undefined;
  readonly from?: Date | undefined;
  /** Exclusive. */
  readonly to?: Date | undefined;
  /** The last event of the previous page. */
  readonly after?: Pick<AuditEventRow, 'occurredAt' | 'id'> | undefined;
}

export interface AuditEvents {
  insert(event: AuditEvent): Promise<void>;
  /** Newest first. */
  list(filter: AuditEventFilter, limit: number): Promise<AuditEventRow[]>;
  /**
   * Removes at most `limit` events that occurred before `time`.
   * @returns how many were removed
   */
  removeBefore(time: Date, limit: number): Promise<number>;
}

/**
 * The end of a statement that also makes the change. Writes the event, with the values of
 * `eventValues`, only if the part of the statement named `done` returned a row. Returns a row when
 * it wrote the event.
 */
export function eventIf(done: string): string {
  return `insert into audit_events
            (type, actor_id, subject_id, request_id, ip, occurred_at, details)
          select :type, :actorId, :subjectId, :requestId, :ip, :occurredAt, :details::jsonb
          where exists (select from ${done})
          returning id`;
}

/** The values that `eventIf` needs, by name. */
export function eventValues({
  details,
  type,
  actorId,
  subjectId,
  requestId,
  ip,
  occurredAt,
}: AuditEvent) {
  return { type, actorId, subjectId, requestId, ip, occurredAt, details: JSON.stringify(details) };
}

const columns = {
  id: 'id',
  type: 'type',
  actorId: 'actor_id',
  subjectId: 'subject_id',
  requestId: 'request_id',
  ip: 'ip',
  occurredAt: 'occurred_at',
  details: 'details',
};

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
    async list({ type, actorId, subjectId, from, to, after }, limit) {
      const query = db('audit_events').select<AuditEventRow[]>(columns);
      if (type !== undefined) void query.where({ type });
      if (actorId !== undefined) void query.where({ actor_id: actorId });
      if (subjectId !== undefined) void query.where({ subject_id: subjectId });
      if (from) void query.where('occurred_at', '>=', from);
      if (to) void query.where('occurred_at', '<', to);
      if (after) void query.whereRaw('(occurred_at, id) < (?, ?)', [after.occurredAt, after.id]);
      return query
        .orderBy([
          { column: 'occurred_at', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .limit(limit);
    },
    removeBefore(time, limit) {
      const old = db('audit_events')
        .where('occurred_at', '<', time)
        .limit(limit)
        .forUpdate()
        .skipLocked();
      return db('audit_events').whereIn('id', old.select('id')).delete();
    },
  };
}

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

export interface AuditEventRow extends AuditEvent {
  readonly id: number;
}

/** What is not given does not matter. */
export interface AuditEventFilter {
  readonly type?: string | undefined;
  readonly actorId?: number | undefined;
  readonly subjectId?: number | undefined;
  readonly from?: Date | undefined;
  /** Without this moment itself. */
  readonly to?: Date | undefined;
  /** The last event of the page before. */
  readonly after?: Pick<AuditEventRow, 'occurredAt' | 'id'> | undefined;
}

export interface AuditEvents {
  insert(event: AuditEvent): Promise<void>;
  /** The newest first. */
  list(filter: AuditEventFilter, limit: number): Promise<AuditEventRow[]>;
  /** Removes up to `limit` events from before `time`, and tells how many. */
  removeBefore(time: Date, limit: number): Promise<number>;
}

/**
 * The end of a statement that does what the event tells of, too: writes the event, with the values of `eventValues`, if the part named `done` did
 * something, and gives a row then.
 */
export function eventIf(done: string): string {
  return `insert into audit_events (type, actor_id, subject_id, request_id, ip, occurred_at, details)
          select :type, :actorId, :subjectId, :requestId, :ip, :occurredAt, :details::jsonb where exists (select from ${done})
          returning id`;
}

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

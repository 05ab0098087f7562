// The table sessions.

import type { Knex } from 'knex';
import type { AuditEvent } from './audit-events.ts';
import { roleNames } from './users.ts';

export interface SessionRow {
  readonly id: string;
  readonly userId: number;
  readonly refreshCounter: number;
  readonly refreshSalt: Buffer;
  readonly createdAt: Date;
  readonly rotatedAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
  readonly userAgent: string | null;
  readonly ip: string | null;
}

export interface LiveSession {
  readonly userId: number;
  readonly username: string;
  readonly roles: string[];
}

/** A session with what its user may do now. */
export interface LockedSession extends SessionRow {
  readonly username: string;
  readonly roles: string[];
  /** Whether its user may sign in. */
  readonly enabled: boolean;
}

/** `usedSince`: begun or refreshed after this time. `always`: the session that is in the list even so. */
export interface LiveOf {
  readonly userId: number;
  readonly now: Date;
  readonly usedSince: Date;
  readonly always: string;
  readonly limit: number;
}

export interface Sessions {
  /**
   * Only while the user is enabled and has this password hash; tells whether that was so. A change of either that has begun is waited for: else a
   * session could begin with the old password after the change had ended all others. With it, and in the same round trip, `event` is written.
   */
  insert(
    session: Omit<SessionRow, 'refreshCounter' | 'rotatedAt' | 'endedAt'>,
    passwordHash: string,
    event: AuditEvent,
  ): Promise<boolean>;
  /** In one query: whose session this is and which roles they have. Not found: ended, expired, or its user is gone or disabled. */
  findLive(id: string, userId: number, now: Date): Promise<LiveSession | undefined>;
  /** Keeps others from changing the session until the transaction ends. */
  lock(id: string): Promise<LockedSession | undefined>;
  rotate(id: string, refreshCounter: number, rotatedAt: Date): Promise<void>;
  /** Tells whether it was there to be ended. */
  end(id: string, endedAt: Date): Promise<boolean>;
  /** Ends a session of the user, and tells whether it was there to be ended: neither ended nor expired. */
  endOf(userId: number, id: string, endedAt: Date): Promise<boolean>;
  /** The user's sessions that can still be used; `limit` of them at most, the last used. */
  listLive(which: LiveOf): Promise<SessionRow[]>;
  /** Ends all sessions of the user, but for the one to keep, and tells how many. */
  endAll(userId: number, endedAt: Date, keep?: string): Promise<number>;
  /** Removes up to `limit` sessions that ended or expired before `time`, and tells how many. */
  removeOver(time: Date, limit: number): Promise<number>;
}

const columns = {
  id: 'sessions.id',
  userId: 'user_id',
  refreshCounter: 'refresh_counter',
  refreshSalt: 'refresh_salt',
  createdAt: 'sessions.created_at',
  rotatedAt: 'rotated_at',
  expiresAt: 'expires_at',
  endedAt: 'ended_at',
  userAgent: 'user_agent',
  ip: 'ip',
};

/** Writes a session and its audit event, or neither, in one round trip. */
const begin = `with begun as (
           insert into sessions (id, user_id, refresh_salt, created_at, rotated_at, expires_at, user_agent, ip)
           select :id::uuid, id, :refreshSalt::bytea, :createdAt::timestamptz, :createdAt::timestamptz, :expiresAt::timestamptz, :userAgent, :ip
           from users where id = :userId and password_hash = :passwordHash and disabled_at is null for share
           returning id
         )
         insert into audit_events (type, actor_id, subject_id, request_id, ip, occurred_at, details)
         select :type, :actorId, :subjectId, :requestId, :ip, :occurredAt, :details::jsonb from begun`;

export function createSessions(db: Knex): Sessions {
  return {
    async insert(session, passwordHash, event) {
      const { rowCount } = await db.raw<{ rowCount: number }>(begin, {
        ...session,
        passwordHash,
        ...event,
        details: JSON.stringify(event.details),
      });
      return rowCount > 0;
    },
    findLive(id, userId, now) {
      return db('sessions')
        .join('users', 'users.id', 'sessions.user_id')
        .where({ 'sessions.id': id, 'users.id': userId })
        .whereNull('ended_at')
        .whereNull('disabled_at')
        .where('expires_at', '>', now)
        .first<LiveSession | undefined>({ userId: 'users.id', username: 'users.username' }, roleNames(db));
    },
    lock(id) {
      return db('sessions')
        .join('users', 'users.id', 'sessions.user_id')
        .where({ 'sessions.id': id })
        .forUpdate('sessions')
        .first<LockedSession | undefined>(columns, 'username', db.raw('disabled_at is null as enabled'), roleNames(db));
    },
    async rotate(id, refreshCounter, rotatedAt) {
      await db('sessions').where({ id }).update({ refresh_counter: refreshCounter, rotated_at: rotatedAt });
    },
    removeOver(time, limit) {
      const over = db('sessions').where('ended_at', '<', time).orWhere('expires_at', '<', time);
      return db('sessions').whereIn('id', over.limit(limit).forUpdate().skipLocked().select('id')).delete();
    },
    async end(id, endedAt) {
      return (await db('sessions').where({ id }).whereNull('ended_at').update({ ended_at: endedAt })) > 0;
    },
    async endOf(userId, id, endedAt) {
      const own = db('sessions').where({ id, user_id: userId }).whereNull('ended_at').where('expires_at', '>', endedAt);
      return (await own.update({ ended_at: endedAt })) > 0;
    },
    listLive({ userId, now, usedSince, always, limit }) {
      return db('sessions')
        .where({ user_id: userId })
        .whereNull('ended_at')
        .where('expires_at', '>', now)
        .whereRaw('(rotated_at > ? or id = ?)', [usedSince, always])
        .orderByRaw('id = ? desc, rotated_at desc, created_at desc, id', [always])
        .limit(limit)
        .select<SessionRow[]>(columns);
    },
    endAll(userId, endedAt, keep) {
      const all = db('sessions').where({ user_id: userId }).whereNull('ended_at').where('expires_at', '>', endedAt);
      return (keep === undefined ? all : all.whereNot({ id: keep })).update({ ended_at: endedAt });
    },
  };
}

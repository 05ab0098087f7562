// The table sessions: the statements that begin, refresh, list and end sessions.

import type { Knex } from 'knex';
import { eventIf, eventValues, type AuditEvent } from './audit-events.ts';
import { prepare, type Values } from '../statements.ts';
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
  readonly expiresAt: Date;
}

/** A session that was just refreshed, with its user. */
export interface RotatedSession
  extends LiveSession, Pick<SessionRow, 'id' | 'refreshCounter' | 'refreshSalt' | 'expiresAt'> {}

/** The content of a refresh token, and the time at which it was presented. */
export interface Rotation {
  readonly sessionId: string;
  readonly counter: number;
  /** SHA-256 of the session's salt and the counter, as four bytes. */
  readonly proof: Buffer;
  readonly now: Date;
  /** Refuses a session that neither began nor was refreshed after this time. */
  readonly usedSince: Date;
  /** A token that was replaced before this time is exchanged again if its successor is unused. */
  readonly replacedBefore: Date;
}

/** A session with the current roles and state of its user. */
export interface FoundSession extends Omit<SessionRow, 'createdAt' | 'userAgent' | 'ip'> {
  /** The counter of the token that was exchanged for the current one. */
  readonly replacedCounter: number;
  readonly username: string;
  readonly roles: string[];
  /** Whether its user may sign in. */
  readonly enabled: boolean;
}

/**
 * `usedSince`: lists only sessions that began or were refreshed after this time. `always`: the id
 * of a session that is listed regardless of `usedSince`.
 */
export interface LiveOf {
  readonly userId: number;
  readonly now: Date;
  readonly usedSince: Date;
  readonly always: string;
  readonly limit: number;
}

export interface Sessions {
  /**
   * Inserts the session only while the user is enabled and has this password hash. Writes `event`
   * in the same round trip. Waits for a concurrent change of the user's state or password. Without
   * the wait, a session could begin with the old password after the change had ended all others.
   * @returns whether the session was inserted
   */
  insert(
    session: Omit<SessionRow, 'refreshCounter' | 'rotatedAt' | 'endedAt'>,
    passwordHash: string,
    event: AuditEvent,
  ): Promise<boolean>;
  /**
   * Reads in one query whose session this is, when it expires, and which roles the user has.
   * @returns `undefined` when the session ended or expired, or its user is deleted or disabled
   */
  findLive(id: string, userId: number, now: Date): Promise<LiveSession | undefined>;
  /**
   * Raises the counter above that of the token, if the token is the newest one: it has the row's
   * counter, or a greater one (the database was restored and lost the last refreshes), or its
   * successor was not used and the time for a repetition has passed. If several requests present
   * one token at the same time, exactly one succeeds.
   * @returns `undefined` for every other token, whatever the reason
   */
  rotate(rotation: Rotation): Promise<RotatedSession | undefined>;
  /** Reads the session, whether it is live or not. Locks nothing. */
  find(id: string): Promise<FoundSession | undefined>;
  /**
   * Ends a session of the user and writes `event` with it.
   * @returns false when there is no such session, or it had ended or expired
   */
  end(userId: number, id: string, endedAt: Date, event: AuditEvent): Promise<boolean>;
  /** Ends all sessions of the user except `keep`. Writes `event` with them if any session ended. */
  endAllAs(event: AuditEvent, userId: number, endedAt: Date, keep?: string): Promise<void>;
  /** The user's usable sessions: at most `limit`, the most recently used ones. */
  listLive(which: LiveOf): Promise<SessionRow[]>;
  /** Ends all sessions of the user, without an event: the caller records another one. */
  endAll(userId: number, endedAt: Date): Promise<void>;
  /**
   * Removes at most `limit` sessions that ended or expired before `time`.
   * @returns how many were removed
   */
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

const begin = prepare<Values, object>(
  'begin session',
  `with begun as (
     insert into sessions
       (id, user_id, refresh_salt, created_at, rotated_at, expires_at, user_agent, ip)
     select :id::uuid, id, :refreshSalt::bytea, :createdAt::timestamptz, :createdAt::timestamptz,
       :expiresAt::timestamptz, :userAgent, :ip
     from users
     where id = :userId and password_hash = :passwordHash and disabled_at is null for share
     returning id
   )
   ${eventIf('begun')}`,
);

const findLive = prepare<{ id: string; userId: number; now: Date }, LiveSession>(
  'find live session',
  `select users.id as "userId", username, expires_at as "expiresAt", ${roleNames}
   from sessions join users on users.id = user_id
   where sessions.id = :id and users.id = :userId
     and ended_at is null and disabled_at is null and expires_at > :now`,
);

/** The counter that the current one replaced; see the migration lost_refresh_answers. */
const replacedCounter =
  'case when refresh_replaced_by = refresh_counter then refresh_replaced ' +
  'else refresh_counter - 1 end';

// An unused successor is skipped, so that its use is recognised. Skipping one more keeps an older
// node from taking it for the previous token.
const rotate = prepare<Values, RotatedSession>(
  'refresh session',
  `update sessions set rotated_at = :now,
     refresh_counter = case when :counter < refresh_counter then refresh_counter + 2
       else :counter + 1 end,
     refresh_replaced = case when :counter < refresh_counter then :counter end,
     refresh_replaced_by = case when :counter < refresh_counter then refresh_counter + 2 end
   from users
   where sessions.id = :sessionId
     and (:counter::int >= refresh_counter
       or :counter = ${replacedCounter} and rotated_at < :replacedBefore)
     and sha256(refresh_salt || int4send(:counter::int)) = :proof
     and ended_at is null and expires_at > :now and rotated_at > :usedSince
     and users.id = user_id and disabled_at is null
   returning sessions.id, user_id as "userId", refresh_counter as "refreshCounter",
     refresh_salt as "refreshSalt", expires_at as "expiresAt", username, ${roleNames}`,
);

const find = prepare<{ id: string }, FoundSession>(
  'find session',
  `select sessions.id, user_id as "userId", refresh_counter as "refreshCounter",
     ${replacedCounter} as "replacedCounter", refresh_salt as "refreshSalt",
     rotated_at as "rotatedAt", expires_at as "expiresAt", ended_at as "endedAt",
     username, disabled_at is null as enabled, ${roleNames}
   from sessions join users on users.id = user_id
   where sessions.id = :id`,
);

const end = prepare<Values, object>(
  'end session',
  `with done as (
     update sessions set ended_at = :endedAt
     where id = :id and user_id = :userId and ended_at is null and expires_at > :endedAt
     returning id
   )
   ${eventIf('done')}`,
);

const endOf =
  'update sessions set ended_at = :endedAt where user_id = :userId ' +
  'and id is distinct from :keep and ended_at is null and expires_at > :endedAt';
const endAll = prepare<Values, object>('end sessions', endOf);
const endAllAs = prepare<Values, object>(
  'end sessions as',
  `with done as (${endOf} returning id) ${eventIf('done')}`,
);

export function createSessions(db: Knex): Sessions {
  return {
    async insert(session, passwordHash, event) {
      return (await begin(db, { ...session, passwordHash, ...eventValues(event) })).length > 0;
    },
    async findLive(id, userId, now) {
      return (await findLive(db, { id, userId, now }))[0];
    },
    async rotate(rotation) {
      return (await rotate(db, { ...rotation }))[0];
    },
    async find(id) {
      return (await find(db, { id }))[0];
    },
    async end(userId, id, endedAt, event) {
      return (await end(db, { userId, id, endedAt, ...eventValues(event) })).length > 0;
    },
    async endAllAs(event, userId, endedAt, keep) {
      await endAllAs(db, { userId, endedAt, keep: keep ?? null, ...eventValues(event) });
    },
    async endAll(userId, endedAt) {
      await endAll(db, { userId, endedAt, keep: null });
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
    removeOver(time, limit) {
      const stale = db('sessions').where('ended_at', '<', time).orWhere('expires_at', '<', time);
      return db('sessions')
        .whereIn('id', stale.limit(limit).forUpdate().skipLocked().select('id'))
        .delete();
    },
  };
}

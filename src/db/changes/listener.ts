// A dedicated connection that listens to one PostgreSQL channel (LISTEN) until it is closed. When
// it breaks, a new one replaces it. Notifications sent in between are lost, so `onOpen` is called
// each time. Refuses poolers: one in transaction mode loses the notifications between two
// transactions.

import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import '../navigator.ts';
import pg from 'pg';
import { limitSilence } from '../knex.ts';

export interface ListenerOptions {
  /** A postgres:// URL. */
  readonly url: string;
  /** A name that needs no quotes. */
  readonly channel: string;
  /**
   * The connection is closed after this many milliseconds without a byte in either direction. Call
   * `ask` more often than that.
   */
  readonly silenceLimit: number;
  /** Every change that is committed from now on will be reported. */
  readonly onOpen: () => void;
  /** Called in the order of the commits. */
  readonly onNotification: (payload: string) => void;
  /**
   * The listener cannot listen, or lost its connection, for this reason. Called once, until it
   * listens again.
   */
  readonly onLost: (reason: unknown) => void;
}

export interface Listener {
  /**
   * Asks the server for an empty answer. After it, every notification of a change whose commit was
   * confirmed before the call has arrived: the server sends pending notifications before it reports
   * that it is ready for the next query (PostgreSQL 13 and later).
   * @throws when there is no connection, or it breaks before the answer
   */
  ask(): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds between two attempts: the first pause doubles each time, up to the longest. */
const [firstPause, longestPause] = [100, 5_000];

export function createListener({ onOpen, onLost, ...options }: ListenerOptions): Listener {
  const ending = new AbortController();
  const { signal } = ending;
  const isEnding = () => signal.aborted;
  let open: pg.Client | null = null;
  let failures = 0;

  async function listen(): Promise<never> {
    const { client, broken, destroy } = createClient(options);
    signal.addEventListener('abort', destroy);
    try {
      await Promise.race([prepare(client, options), broken]);
      open = client;
      failures = 0;
      onOpen();
      return await broken;
    } finally {
      open = null;
      signal.removeEventListener('abort', destroy);
      destroy();
    }
  }

  async function listenAgainAndAgain(): Promise<void> {
    while (!isEnding()) {
      const reason = await listen().catch((error: unknown) => error);
      if (failures === 0 && !isEnding()) onLost(reason);
      const delay = Math.min(firstPause * 2 ** failures++, longestPause);
      await pause(delay, undefined, { ref: false, signal }).catch(() => undefined); // aborted
    }
  }

  const listening = listenAgainAndAgain();
  return {
    ask: sharingTheNext(async () => {
      if (!open) throw new Error('The listener has no connection.');
      await open.query('');
    }),
    async close() {
      ending.abort();
      await listening;
    },
  };
}

/**
 * Runs `work` once at a time. All calls during a run share the next run, which begins when the
 * current one ends.
 */
function sharingTheNext(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const run = (): Promise<void> => {
    next = null;
    running = work().finally(() => {
      if (next === null) running = null;
    });
    return running;
  };
  return () => (running === null ? run() : (next ??= running.then(run, run)));
}

type ConnectionOptions = Pick<
  ListenerOptions,
  'url' | 'channel' | 'silenceLimit' | 'onNotification'
>;

function createClient({ url, onNotification }: ConnectionOptions) {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'rolegate listener',
    connectionTimeoutMillis: 3_000,
  });
  client.on('notification', ({ payload = '' }) => {
    onNotification(payload);
  });
  const broken = new Promise<never>((_resolve, reject) => {
    client.on('error', reject);
    client.on('end', () => {
      reject(new Error('Connection terminated'));
    });
  });
  broken.catch(() => undefined); // without a handler, a rejection here would end the process
  const destroy = () => {
    streamOf(client).destroy();
  };
  return { client, broken, destroy };
}

async function prepare(
  client: pg.Client,
  { channel, silenceLimit }: ConnectionOptions,
): Promise<void> {
  await client.connect();
  limitSilence(streamOf(client), silenceLimit);
  await client.query(`listen ${channel}`);
  // A pooler gives each client an invented process id, with which the client can cancel a query.
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  if (rows[0]?.pid !== (client as unknown as { processID: number }).processID) {
    throw new Error(
      'A connection pooler is in front of PostgreSQL, and it may lose notifications.',
    );
  }
}

function streamOf(client: pg.Client): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream;
}

// A connection of its own that listens to one channel of PostgreSQL (LISTEN) until it is closed: when it breaks, another one takes its place. What is
// notified while there is none is lost, hence `onOpen`. Refuses poolers: one that lends its connections for a transaction at a time loses what is
// notified between two.

import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { limitSilence } from '../knex.ts';

export interface ListenerOptions {
  /** A postgres:// URL. */
  readonly url: string;
  /** A name that needs no quotes. */
  readonly channel: string;
  /** Milliseconds without a byte in either direction after which the connection is given up: ask something more often. */
  readonly silenceLimit: number;
  /** All of what is committed from now on will be heard. */
  readonly onOpen: () => void;
  /** In the order of the commits. */
  readonly onNotification: (payload: string) => void;
  /** It cannot listen (any more), for this reason; called once until it can again. */
  readonly onLost: (reason: unknown) => void;
}

export interface Listener {
  /**
   * Asks the server for a sign of life. With its answer everything has been heard whose commit was confirmed before the call: the server sends the
   * notifications that it has before it says that it is ready for the next query (PostgreSQL 13 and later).
   * @throws when there is no connection, or it breaks before the answer
   */
  ask(): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds between two attempts: the first pause, which doubles each time, and the longest. */
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
      await pause(delay, undefined, { ref: false, signal }).catch(() => undefined); // aborted: there is nothing to wait for
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

/** One at a time: whoever calls while `work` runs shares the next run, which begins when this one is over. */
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
  broken.catch(() => undefined); // nobody may be waiting for it yet
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
  // A pooler tells each client a process of its own invention, by which it can ask to cancel a query.
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  if (rows[0]?.pid !== (client as unknown as { processID: number }).processID) {
    throw new Error(
      'There is a connection pooler before PostgreSQL, which may lose notifications.',
    );
  }
}

function streamOf(client: pg.Client): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream;
}

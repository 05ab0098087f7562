// Signs in and up without pause. For comparison it also measures password hashing alone, on the
// service's own threads: interleaved, as the service does it, and one after the other with
// @node-rs/bcrypt, the fastest other implementation.

import { loadConfig } from '../../../src/config/index.ts';
import { createPasswords, type Passwords } from '../../../src/domain/passwords/index.ts';
import { makeUser } from '../servers/guests.ts';
import { createHttpClient, type Exchange } from '../runner/http.ts';
import { after, repeat } from '../runner/load.ts';
import type { Readings, Target } from '../runner/rounds.ts';
import {
  columnsFor,
  observe,
  signingIn,
  type Guarded,
  type Observed,
  type Plan,
} from '../runner/world.ts';

/** The row of interleaved hashing, without a server. */
export const hashAlone = 'the hash alone';
/** The row of hashing one after the other, without a server. */
export const nativeAlone = '@node-rs/bcrypt alone';

export const signIn: Plan = async ({ signing, rounds, seconds }, ends) => {
  const { bcryptCost: cost } = loadConfig({}, { signing: false });
  const alone = {
    [hashAlone]: createPasswords({ cost }),
    [nativeAlone]: createPasswords({ cost, hasher: 'native' }),
  };
  for (const { close } of Object.values(alone)) ends.unshift(close);
  const users = signing.map((server) =>
    targetFor(server, (connection) => {
      const user = server.guests.users[connection % server.guests.users.length] ?? makeUser();
      return server.guests.accounts.signIn(user);
    }),
  );
  return [
    {
      name: 'signIn',
      about: `${signingIn} connections`,
      rounds,
      // A few hundred sign-ins compile little of their code: measured, a sign-in takes 2.4 ms of
      // the main thread after ten seconds, and 1.5 ms after a minute. A short turn would also
      // mostly measure its start, before the first passwords arrive.
      seconds: 5 * seconds,
      warmUp: 30 * seconds,
      columns: columnsFor('sign-ins', {
        [nativeAlone]: `÷ ${nativeAlone}`,
        [hashAlone]: `÷ ${hashAlone}`,
      }),
      targets: [
        ...users,
        ...(await Promise.all(
          Object.entries(alone).map(([row, passwords]) => hashTarget(row, passwords)),
        )),
      ],
    },
  ];
};

export const signUp: Plan = ({ signing, rounds, seconds }) => [
  {
    name: 'signUp',
    about: `${signingIn} connections, each time a new user`,
    rounds,
    seconds,
    columns: columnsFor('sign-ups', { rolegate: '÷ rolegate' }),
    targets: signing.map((server) =>
      targetFor(server, () => server.guests.accounts.signUp(makeUser())),
    ),
  },
];

function targetFor(server: Guarded, next: (connection: number) => Exchange): Target {
  return {
    async measure(seconds) {
      const { ask, close } = createHttpClient(server.url);
      const send = async (connection: number) => {
        await ask(next(connection));
      };
      try {
        return { [server.name]: await observeBusy(server, seconds, send) };
      } finally {
        close();
      }
    },
  };
}

/**
 * Starts measuring after a fifth of the time, when connections are open and threads are warm again.
 * A server is idle between its turns.
 */
async function observeBusy(
  server: Observed,
  seconds: number,
  send: (connection: number) => Promise<void>,
): Promise<Readings> {
  await repeat(signingIn, after(seconds / 5), send);
  return observe(server, () => repeat(signingIn, after(seconds), send));
}

async function hashTarget(row: string, { hash, verify }: Passwords): Promise<Target> {
  const { password } = makeUser();
  const passwordHash = await hash(password);
  const send = async () => {
    if (!(await verify(password, passwordHash))) throw new Error('the hash does not match');
  };
  const noServer = { pid: null, postmaster: null };
  return {
    async measure(seconds) {
      return { [row]: await observeBusy(noServer, seconds, send) };
    },
  };
}

// Signing in and up without pause. Beside the servers stands what the hash alone allows: the service's own threads, which do nothing but compare
// passwords. A service that signs in at that rate wastes nothing.

import { loadConfig } from '../../../src/config.ts';
import { createPasswords, type Passwords } from '../../../src/domain/passwords.ts';
import { makeUser } from '../guests.ts';
import { createHttpClient, type Exchange } from '../http.ts';
import { after, repeat } from '../load.ts';
import type { Readings, Target } from '../rounds.ts';
import { columnsFor, observe, signingIn, type Guarded, type Observed, type Plan } from '../world.ts';

export const hashAlone = 'the hash alone';

export const signIn: Plan = async ({ signing, rounds, seconds }, ends) => {
  const passwords = createPasswords({ cost: loadConfig({}, { signing: false }).bcryptCost });
  ends.unshift(passwords.close);
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
      // Some hundred sign-ins compile little of what each of them runs: measured, one takes 2.4 ms of the main thread after ten seconds, and 1.5 ms after
      // a minute. A short turn would tell of beginnings, too, when nothing is there to be hashed yet.
      seconds: 5 * seconds,
      warmUp: 30 * seconds,
      columns: columnsFor('sign-ins', hashAlone, `÷ ${hashAlone}`),
      targets: [...users, await hashTarget(passwords)],
    },
  ];
};

export const signUp: Plan = ({ signing, rounds, seconds }) => [
  {
    name: 'signUp',
    about: `${signingIn} connections, each time somebody new`,
    rounds,
    seconds,
    columns: columnsFor('sign-ups', 'rolegate', '÷ rolegate'),
    targets: signing.map((server) => targetFor(server, () => server.guests.accounts.signUp(makeUser()))),
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

/** After a fifth of the time, when connections are open and threads warm: between its turns a server has had nothing to do. */
async function observeBusy(server: Observed, seconds: number, send: (connection: number) => Promise<void>): Promise<Readings> {
  await repeat(signingIn, after(seconds / 5), send);
  return observe(server, () => repeat(signingIn, after(seconds), send));
}

async function hashTarget({ hash, verify }: Passwords): Promise<Target> {
  const { password } = makeUser();
  const passwordHash = await hash(password);
  const send = async () => {
    if (!(await verify(password, passwordHash))) throw new Error('the hash does not fit');
  };
  const nobody = { pid: null, postmaster: null };
  return {
    async measure(seconds) {
      return { [hashAlone]: await observeBusy(nobody, seconds, send) };
    },
  };
}

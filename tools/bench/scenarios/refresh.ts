// Refreshes tokens without pause. Each connection has its own session, and sends its newest refresh
// token.

import { createHttpClient, type Answer } from '../runner/http.ts';
import { after, repeat } from '../runner/load.ts';
import type { Target } from '../runner/rounds.ts';
import { columnsFor, observe, signingIn, type Guarded, type Plan } from '../runner/world.ts';

export const refresh: Plan = async ({ signing, rounds, seconds }) => [
  {
    name: 'refreshTokens',
    about: `${signingIn} connections, each with its own session`,
    rounds,
    seconds,
    columns: columnsFor('refreshes', { rolegate: '÷ rolegate' }),
    targets: await Promise.all(
      signing.filter(({ guests }) => guests.accounts.refresh !== null).map(targetFor),
    ),
  },
];

async function targetFor(server: Guarded): Promise<Target> {
  const { accounts, users } = server.guests;
  const { ask, close } = createHttpClient(server.url);
  const last: Answer[] = await Promise.all(users.map((user) => ask(accounts.signIn(user))));
  close();
  return {
    async measure(seconds) {
      const client = createHttpClient(server.url);
      const send = async (connection: number) => {
        const exchange = last[connection] && accounts.refresh?.(last[connection]);
        if (!exchange) throw new Error('there is no token to refresh');
        last[connection] = await client.ask(exchange);
      };
      try {
        return {
          [server.name]: await observe(server, () => repeat(users.length, after(seconds), send)),
        };
      } finally {
        client.close();
      }
    },
  };
}

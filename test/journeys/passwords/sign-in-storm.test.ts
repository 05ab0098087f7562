import { availableParallelism } from 'node:os';
import { expect } from 'chai';
import { checkAnswer } from '../../support/contract-check.ts';
import { exchange, type Received } from '../../../tools/service/http.ts';
import { startService, type Service, type TestUser } from '../../support/service.ts';

const path = '/api/auth/signin';
const cores = availableParallelism();

interface Timed {
  readonly answer: Received;
  /** Milliseconds. */
  readonly took: number;
}

/** Sends all at once, and holds the answers against the contract when the last is there: that takes time, too. */
async function burst(url: string, bodies: readonly object[]): Promise<Timed[]> {
  const begin = performance.now();
  const timed = await Promise.all(
    bodies.map(async (body) => {
      const answer = await exchange(url, { method: 'POST', path, body });
      return { answer, took: performance.now() - begin };
    }),
  );
  for (const { answer } of timed) await checkAnswer('POST', path, answer);
  return timed;
}

const longestOf = (timed: readonly Timed[]) => Math.max(...timed.map(({ took }) => took));

describe('more sign-ins at once than can be hashed in time', () => {
  for (const [cost, perCore] of [
    [10, 300],
    [12, 80],
  ] as const) {
    const count = perCore * cores;
    it(`are refused at once where they would wait over two seconds, at cost ${cost}, and all is well right after`, async () => {
      const service = await startService({ config: { bcryptCost: cost } });
      const { username, password } = await service.newUser();
      const ways = [
        { username, password },
        { username, password: 'not the password' },
        { username: 'nobody-here', password },
      ];
      const timed = await burst(
        service.url,
        Array.from({ length: count }, (_, index) => ways[index % 3]!),
      );
      const of = (...statuses: number[]) =>
        timed.filter(({ answer }) => statuses.includes(answer.status));
      expect(of(200, 401, 503)).to.have.lengthOf(count);
      expect(of(200).length, 'signed in').to.be.above(0);
      expect(of(401).length, 'refused for the password').to.be.above(0);
      expect(of(503).length, 'refused for the crowd').to.be.above(0);
      for (const { answer } of of(503)) expect(answer.headers['retry-after']).to.equal('2');
      // Two seconds in the queue, the hash itself, and what a busy machine adds.
      expect(longestOf(of(200, 401))).to.be.below(4_000);

      const next = performance.now();
      expect(
        (await service.call({ method: 'POST', path, body: { username, password } })).status,
      ).to.equal(200);
      expect(performance.now() - next).to.be.below(2_000);
      await service.close();
    });
  }
});

describe('a storm of sign-ins after the cost of hashes was raised', () => {
  let service: Service;
  let user: TestUser;
  before(async () => {
    service = await startService({ config: { bcryptCost: 12 } });
    user = await service.newUser();
  });
  after(() => service.close());

  it('begins a session for each that is answered with one, and for no other', async () => {
    const count = 80 * cores;
    const { id, username, password } = user;
    const sessions = async () =>
      Number((await service.knex('sessions').where({ user_id: id }).count())[0]?.['count']);
    const before = await sessions();
    const outdated = (await service.repositories.users.findById(id))!.passwordHash.replace(
      '$2b$',
      '$2a$',
    );
    await service.repositories.users.setPasswordHash(id, outdated);
    const timed = await burst(
      service.url,
      Array.from({ length: count }, () => ({ username, password })),
    );
    const signedIn = timed.filter(({ answer }) => answer.status === 200).length;
    expect(signedIn).to.be.within(1, count - 1);
    expect(timed.filter(({ answer }) => answer.status === 503)).to.have.lengthOf(count - signedIn);
    expect((await sessions()) - before).to.equal(signedIn);
  });
});

import { availableParallelism } from 'node:os';
import { expect } from 'chai';
import { checkAnswer } from '../../support/contract-check.ts';
import { exchange, type Received } from '../../../tools/service/http.ts';
import { startService, type Service, type TestUser } from '../../support/service.ts';
import { slowness } from '../../support/slowness.ts';

const path = '/api/auth/signin';
const cores = availableParallelism();

interface Timed {
  readonly answer: Received;
  /** Milliseconds from the begin of the burst. */
  readonly took: number;
}

/**
 * Sends all requests at the same time. Validates the answers against the contract after the last
 * one, because the validation takes time, too.
 */
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

for (const [cost, perCore] of [
  [10, 300],
  [12, 80],
] as const) {
  describe(`more simultaneous sign-ins than a node can hash, at bcrypt cost ${cost}`, () => {
    const count = perCore * cores;
    let timed: Timed[];
    let next: Timed;
    /** The larger of the slowness before and after the burst. */
    let slow: number;
    before(async () => {
      const service = await startService({ config: { bcryptCost: cost } });
      const { username, password } = await service.newUser();
      const ways = [
        { username, password },
        { username, password: 'not the password' },
        { username: 'nobody-here', password },
      ];
      slow = slowness();
      timed = await burst(
        service.url,
        Array.from({ length: count }, (_, index) => ways[index % 3]!),
      );
      const begin = performance.now();
      const answer = await service.signIn({ username, password });
      next = { answer, took: performance.now() - begin };
      slow = Math.max(slow, slowness());
      await service.close();
    });
    const of = (...statuses: number[]) =>
      timed.filter(({ answer }) => statuses.includes(answer.status));

    it('are answered with 200, 401 or 503, and each of these occurs', () => {
      expect(of(200, 401, 503)).to.have.lengthOf(count);
      expect(of(200).length, 'signed in').to.be.above(0);
      expect(of(401).length, 'refused because of the password').to.be.above(0);
      expect(of(503).length, 'refused because of the load').to.be.above(0);
    });

    it('are refused with Retry-After: 2 where the queue is too long', () => {
      for (const { answer } of of(503)) expect(answer.headers['retry-after']).to.equal('2');
    });

    it('wait little longer than the two seconds of the queue when they are accepted', () => {
      // Two seconds in the queue, then the hash itself, and the delays of a busy machine.
      expect(longestOf(of(200, 401))).to.be.below(4_000 * slow);
    });

    it('do not delay a sign-in right after them', () => {
      expect(next.answer.status).to.equal(200);
      expect(next.took).to.be.below(2_000 * slow);
    });
  });
}

describe('simultaneous sign-ins of a user whose hash is outdated', () => {
  let service: Service;
  let user: TestUser;
  before(async () => {
    service = await startService({ config: { bcryptCost: 12 } });
    user = await service.newUser();
  });
  after(() => service.close());

  it('begin one session for each 200, and none for each 503', async () => {
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

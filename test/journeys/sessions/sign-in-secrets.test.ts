import bcrypt from 'bcryptjs';
import { expect } from 'chai';
import {
  newCredentials,
  startService,
  type Service,
  type TestUser,
} from '../../support/service.ts';
import { rankSumZ } from '../../support/statistics.ts';

// User enumeration: neither the answer nor its time may show whether an account exists.

describe('sign-in', () => {
  let service: Service;
  let user: TestUser;
  before(async () => {
    service = await startService({ config: { bcryptCost: 7 } });
    user = await service.newUser();
  });
  after(() => service.close());

  const tries = (username: string, password: string) => async () => {
    const start = performance.now();
    const { body } = await service.signIn({ username, password });
    const { requestId, ...answer } = body as { requestId: string };
    expect(requestId).to.be.a('string');
    return { answer, duration: performance.now() - start };
  };

  it('answers alike and equally fast for an unknown, a disabled and a known user', async () => {
    const disabled = await service.newUser();
    await service.knex('users').where({ id: disabled.id }).update({ disabled_at: new Date() });
    const ways = [
      tries('nobody-here', 'x'.repeat(20)),
      tries(user.username, 'x'.repeat(20)),
      tries(disabled.username, disabled.password),
    ];
    const results = ways.map(() => [] as Awaited<ReturnType<(typeof ways)[number]>>[]);
    for (let round = 0; round < 30; round++) {
      // The ways take turns in a changing order, so that a slow moment of the machine hits all.
      for (let turn = 0; turn < ways.length; turn++) {
        const index = (turn + round) % ways.length;
        results[index]!.push(await ways[index]!());
      }
    }
    const answers = new Set(results.flat().map(({ answer }) => JSON.stringify(answer)));
    expect([...answers]).to.have.lengthOf(1);

    const [unknown, wrong, off] = results.map((all) => all.map(({ duration }) => duration));
    // Without the comparison with a dummy hash, the answer for an unknown user would take a tenth
    // of the time: a |z| of 6.6.
    for (const other of [wrong!, off!])
      expect(Math.abs(rankSumZ(unknown!, other))).to.be.below(3.9);
  });

  describe('of a user whose hash has a lower cost than new ones', () => {
    let costly: Service;
    let old: TestUser;
    before(async () => {
      // At this cost hashing takes nearly all of the time. The extra hashes for a cheaper hash
      // have a small overhead of their own.
      costly = await startService({ config: { bcryptCost: 9 } });
      old = await costly.newUser();
      await costly
        .knex('users')
        .where({ id: old.id })
        .update({ password_hash: await bcrypt.hash(old.password, 6) });
    });
    after(() => costly.close());

    it('takes as long to refuse a wrong password as for an unknown user', async () => {
      const times: Record<string, number[]> = { 'nobody-here': [], [old.username]: [] };
      for (let round = 0; round < 15; round++) {
        const names = Object.keys(times);
        for (const username of round % 2 === 0 ? names : names.reverse()) {
          const begin = performance.now();
          const { status } = await costly.signIn({ username, password: 'x'.repeat(20) });
          expect(status).to.equal(401);
          times[username]!.push(performance.now() - begin);
        }
      }
      // Without the extra hashes, the answer for the old user would take a fifth of the time.
      const median = (all: readonly number[] = []) =>
        [...all].sort((left, right) => left - right)[7]!;
      expect(median(times[old.username]) / median(times['nobody-here'])).to.be.within(0.7, 1.4);
    });

    it('renews the hash at the current cost, and the password still works', async () => {
      for (const turn of ['the first', 'the second'])
        expect((await costly.signIn(old)).status, turn).to.equal(200);
      const { password_hash } = await costly
        .knex('users')
        .where({ id: old.id })
        .first('password_hash');
      expect(password_hash).to.match(/^\$2b\$09\$/);
    });
  });

  it('accepts the username in another case, and answers with it as it was registered', async () => {
    const { username, password } = user;
    const { body } = await service.signIn({ username: username.toUpperCase(), password });
    expect(body.username).to.equal(username);
  });
});

describe('sign-up', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());
  const signUp = (body: object) => service.asGuest.post('/api/auth/signup', body);

  let taken: ReturnType<typeof newCredentials>;
  beforeEach(async () => {
    taken = newCredentials();
    await signUp(taken);
  });

  it('refuses a username that is in use in any case', async () => {
    const { body } = await signUp({ ...newCredentials(), username: taken.username.toUpperCase() });
    expect(body).to.include({
      status: 400,
      code: 'username_taken',
      message: 'Failed! Username is already in use!',
    });
  });

  it('refuses an email address that is in use in any case', async () => {
    const { body } = await signUp({ ...newCredentials(), email: taken.email.toUpperCase() });
    expect(body).to.include({
      status: 400,
      code: 'email_taken',
      message: 'Failed! Email is already in use!',
    });
  });

  it('reports the username first when the email address is in use as well', async () => {
    expect((await signUp(taken)).body.code).to.equal('username_taken');
  });

  it('gives a username to exactly one of 100 simultaneous requests', async () => {
    const { username, password } = newCredentials();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        signUp({ username, email: `${username}-${index}@example.com`, password }),
      ),
    );
    const codes = answers.map(({ status, body }) =>
      status === 201 ? 'created' : (body as { code: string }).code,
    );
    expect(codes.filter((code) => code === 'created')).to.have.lengthOf(1);
    expect(codes.filter((code) => code === 'username_taken')).to.have.lengthOf(99);
    expect(await service.knex('users').where({ username }).count()).to.deep.equal([{ count: 1 }]);
    // Each user has its role, and each role its user.
    expect(await service.knex('user_roles').count()).to.deep.equal(
      await service.knex('users').count(),
    );
  });
});

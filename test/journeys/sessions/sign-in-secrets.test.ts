import bcrypt from 'bcryptjs';
import { expect } from 'chai';
import {
  newCredentials,
  startService,
  type Service,
  type TestUser,
} from '../../support/service.ts';
import { rankSumZ } from '../../support/statistics.ts';

describe('what signing in tells about who has an account', () => {
  let service: Service;
  let user: TestUser;
  before(async () => {
    service = await startService({ config: { bcryptCost: 7 } });
    user = await service.newUser();
  });
  after(() => service.close());

  const tries = (username: string, password: string) => async () => {
    const start = performance.now();
    const { body } = await service.call({
      method: 'POST',
      path: '/api/auth/signin',
      body: { username, password },
    });
    const { requestId, ...answer } = body as { requestId: string };
    expect(requestId).to.be.a('string');
    return { answer, duration: performance.now() - start };
  };

  it('is the same answer, after a time that 30 tries each cannot tell apart, for an unknown, a disabled and a known user', async () => {
    const disabled = await service.newUser();
    await service.knex('users').where({ id: disabled.id }).update({ disabled_at: new Date() });
    const ways = [
      tries('nobody-here', 'x'.repeat(20)),
      tries(user.username, 'x'.repeat(20)),
      tries(disabled.username, disabled.password),
    ];
    const results = ways.map(() => [] as Awaited<ReturnType<(typeof ways)[number]>>[]);
    for (let round = 0; round < 30; round++) {
      // Interleaved, and in another order each time, so that the machine's moods meet all alike.
      for (let turn = 0; turn < ways.length; turn++) {
        const index = (turn + round) % ways.length;
        results[index]!.push(await ways[index]!());
      }
    }
    const answers = new Set(results.flat().map(({ answer }) => JSON.stringify(answer)));
    expect([...answers]).to.have.lengthOf(1);

    const [unknown, wrong, off] = results.map((all) => all.map(({ duration }) => duration));
    // Without the comparison for nobody the unknown user would be answered in a tenth of the time: a |z| of 6.6.
    for (const other of [wrong!, off!])
      expect(Math.abs(rankSumZ(unknown!, other))).to.be.below(3.9);
  });

  it('is the same after the cost of hashes was raised, for users from before; and the first sign-in renews their hash', async () => {
    // At a cost where hashing is nearly all of the time: what makes up for the cheaper hash takes a little time of its own.
    const costly = await startService({ config: { bcryptCost: 9 } });
    const old = await costly.newUser();
    await costly
      .knex('users')
      .where({ id: old.id })
      .update({ password_hash: await bcrypt.hash(old.password, 6) });
    const signIn = (username: string, password: string) =>
      costly.call({ method: 'POST', path: '/api/auth/signin', body: { username, password } });
    const times: Record<string, number[]> = { 'nobody-here': [], [old.username]: [] };
    for (let round = 0; round < 15; round++) {
      const names = Object.keys(times);
      for (const name of round % 2 === 0 ? names : names.reverse()) {
        const begin = performance.now();
        expect((await signIn(name, 'x'.repeat(20))).status).to.equal(401);
        times[name]!.push(performance.now() - begin);
      }
    }
    // Without the hashes that make up for it, the old user would be answered in a fifth of the time.
    const median = (all: readonly number[] = []) =>
      [...all].sort((left, right) => left - right)[7]!;
    expect(median(times[old.username]) / median(times['nobody-here'])).to.be.within(0.7, 1.4);
    for (const turn of ['the first', 'the second'])
      expect((await signIn(old.username, old.password)).status, turn).to.equal(200);
    expect(
      (await costly.knex('users').where({ id: old.id }).first('password_hash')).password_hash,
    ).to.match(/^\$2b\$09\$/);
    await costly.close();
  });

  it('is the same for a username in another case', async () => {
    const { username, password } = user;
    const body = { username: username.toUpperCase(), password };
    expect(
      (await service.call({ method: 'POST', path: '/api/auth/signin', body })).body.username,
    ).to.equal(username);
  });
});

describe('names that are in use', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());
  const signUp = (body: object) => service.call({ method: 'POST', path: '/api/auth/signup', body });

  it('are refused in any case, the username first', async () => {
    const taken = newCredentials();
    await signUp(taken);
    const username = await signUp({ ...newCredentials(), username: taken.username.toUpperCase() });
    expect(username.body).to.include({
      status: 400,
      code: 'username_taken',
      message: 'Failed! Username is already in use!',
    });
    const email = await signUp({ ...newCredentials(), email: taken.email.toUpperCase() });
    expect(email.body).to.include({
      status: 400,
      code: 'email_taken',
      message: 'Failed! Email is already in use!',
    });
    expect((await signUp(taken)).body.code).to.equal('username_taken');
  });

  it('go to exactly one of 100 that ask at once', async () => {
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
    // Nobody is left without a role, and no role without its user.
    expect(await service.knex('user_roles').count()).to.deep.equal(
      await service.knex('users').count(),
    );
  });
});

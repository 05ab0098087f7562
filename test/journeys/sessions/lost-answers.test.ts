import { expect } from 'chai';
import { startService, type Service, type TestUser } from '../../support/service.ts';

const grace = 30_000;

describe('a session', () => {
  const start = Date.UTC(2026, 10, 23);
  let now = start;
  let service: Service;
  let user: TestUser;
  before(async () => {
    service = await startService({ now: () => now });
  });
  after(() => service.close());
  beforeEach(async () => {
    now = start;
    user = await service.newUser();
  });
  const refresh = (refreshToken: string) =>
    service.asGuest.post('/api/auth/refresh', { refreshToken });
  /** Refreshes with success, and returns the next refresh token. */
  const next = async (refreshToken: string): Promise<string> => {
    const { status, body } = await refresh(refreshToken);
    expect(status, JSON.stringify(body)).to.equal(200);
    return body.refreshToken as string;
  };
  const expectReuse = async (refreshToken: string) =>
    expect((await refresh(refreshToken)).body).to.include({ code: 'refresh_token_reused' });
  const expectEnded = async (refreshToken: string) =>
    expect((await refresh(refreshToken)).body).to.include({ code: 'refresh_token_invalid' });
  const row = () => service.knex('sessions').where({ id: user.sessionId });
  const reuses = () =>
    service.knex('audit_events').where({ subject_id: user.id, type: 'refresh_token_reused' });

  describe('whose answer to a refresh was lost', () => {
    it('goes on with a new refresh token after the grace period', async () => {
      const lost = await next(user.refreshToken);
      now += grace + 1_000;
      const found = await next(user.refreshToken);
      expect(found).not.to.equal(lost);
      await next(found);
      expect(await reuses()).to.deep.equal([]);
    });

    it('goes on when the second answer is lost as well', async () => {
      const lost = new Set<string>();
      for (let turn = 0; turn < 4; turn++) {
        lost.add(await next(user.refreshToken));
        now += grace + 1_000;
      }
      expect(lost.size).to.equal(4);
      await next(await next(await next(user.refreshToken)));
      expect(await reuses()).to.deep.equal([]);
    });

    it('gives one new refresh token to 20 simultaneous refreshes', async () => {
      await next(user.refreshToken);
      now += grace + 1_000;
      const found = await Promise.all(Array.from({ length: 20 }, () => next(user.refreshToken)));
      expect(new Set(found).size).to.equal(1);
    });

    it('gives the same token for a repeated refresh within a new grace period', async () => {
      await next(user.refreshToken);
      now += grace + 1_000;
      const found = await next(user.refreshToken);
      now += grace;
      expect(await next(user.refreshToken)).to.equal(found);
    });

    it('ends when the lost token is used after it was replaced', async () => {
      const lost = await next(user.refreshToken);
      now += grace + 1_000;
      const found = await next(user.refreshToken);
      await expectReuse(lost);
      await expectEnded(found);
    });

    it('ends when the lost token is used after its replacement was used', async () => {
      const lost = await next(user.refreshToken);
      now += grace + 1_000;
      const current = await next(await next(user.refreshToken));
      await expectReuse(lost);
      await expectEnded(current);
    });

    it('expires after the idle time in spite of the unused token', async () => {
      await next(user.refreshToken);
      now += 7 * 86_400_000;
      expect((await refresh(user.refreshToken)).body).to.include({
        code: 'refresh_token_expired',
      });
    });
  });

  describe('whose refresh token was stolen', () => {
    it('ends when the owner comes after the thief, who has used the next token', async () => {
      const ofThief = await next(await next(user.refreshToken));
      now += grace + 1_000;
      await expectReuse(user.refreshToken);
      await expectEnded(ofThief);
      expect(await reuses()).to.have.lengthOf(1);
    });

    it('ends when the thief uses a token that the owner has replaced', async () => {
      const ofThief = await next(user.refreshToken);
      now += grace + 1_000;
      const ofOwner = await next(user.refreshToken);
      now += grace + 1_000;
      await expectReuse(ofThief);
      await expectEnded(ofOwner);
      expect(await reuses()).to.have.lengthOf(1);
    });

    it('ends when the owner uses a token that the thief has replaced', async () => {
      const ofOwner = await next(user.refreshToken);
      now += grace + 1_000;
      const ofThief = await next(user.refreshToken);
      now += grace + 1_000;
      await expectReuse(ofOwner);
      await expectEnded(ofThief);
      expect(await reuses()).to.have.lengthOf(1);
    });

    it('ends when the thief comes after the owner, who has used the next token', async () => {
      const ofOwner = await next(await next(user.refreshToken));
      now += grace + 1_000;
      await expectReuse(user.refreshToken);
      await expectEnded(ofOwner);
    });
  });

  describe('in a database that lost the last refreshes', () => {
    let backup: object;
    let tokens: string[];
    beforeEach(async () => {
      tokens = [user.refreshToken];
      tokens.push(await next(user.refreshToken));
      [backup] = (await row()) as [object];
      for (let turn = 0; turn < 3; turn++) tokens.push(await next(tokens.at(-1)!));
      await row().update(backup);
    });

    it('goes on with the newest refresh token', async () => {
      await next(await next(tokens.at(-1)!));
      expect(await reuses()).to.deep.equal([]);
    });

    it('follows the newest refresh token, so that an older one ends it', async () => {
      const current = await next(tokens.at(-1)!);
      await expectReuse(tokens.at(-2)!);
      await expectEnded(current);
    });

    it('ends when an older refresh token is used first and its successor later', async () => {
      const ofThief = await next(tokens.at(-2)!);
      await next(await next(tokens.at(-1)!));
      await expectReuse(ofThief);
    });
  });

  it('that an older node refreshed ends when the token before the previous is used', async () => {
    const lost = await next(user.refreshToken);
    now += grace + 1_000;
    await next(user.refreshToken); // from here on, the row remembers the first token
    // The statement of an older node, which does not know the newer columns.
    await row().update({ refresh_counter: service.knex.raw('refresh_counter + 1') });
    now += grace + 1_000;
    await expectReuse(user.refreshToken);
    await expectEnded(lost);
  });

  it('answers a repeated refresh while another transaction locks its row', async () => {
    const current = await next(user.refreshToken);
    const transaction = await service.knex.transaction();
    await transaction('sessions').where({ id: user.sessionId }).forUpdate();
    try {
      const answer = await Promise.race([
        next(user.refreshToken),
        new Promise((resolve) => setTimeout(resolve, 3_000, 'still waiting for the lock')),
      ]);
      expect(answer).to.equal(current);
    } finally {
      await transaction.rollback();
    }
  });

  it('leaves one audit event when 20 requests reuse a token at the same time', async () => {
    await next(await next(user.refreshToken));
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(user.refreshToken)));
    expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([401]));
    expect(await reuses()).to.have.lengthOf(1);
  });
});

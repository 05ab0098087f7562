import { createHash } from 'node:crypto';
import { expect } from 'chai';
import {
  askForLink,
  askForReset,
  minute,
  refusal,
  reset,
  startMailedService,
  verify,
  type MailedService,
} from '../../support/mail.ts';
import type { Service, TestUser } from '../../support/service.ts';

const start = Date.UTC(2026, 10, 25);

describe('a mailed link to verify an address or to reset a password', () => {
  let now = start;
  let mailed: MailedService;
  let service: Service;
  let user: TestUser;
  before(async () => {
    mailed = await startMailedService({ now: () => now });
    ({ service } = mailed);
  });
  after(() => mailed.close());
  beforeEach(async () => {
    now = start;
    user = await service.newUser();
    await service.outbox.run();
  });
  /** One token of each kind. */
  const bothTokens = async () => ({
    verification: mailed.mailsTo(user)[0]!.token,
    token: await mailed.newResetToken(user),
  });
  const userRow = () => service.knex('users').where({ id: user.id });

  it('is refused from its expiry on', async () => {
    const { verification, token } = await bothTokens();
    now = start + 60 * minute;
    expect((await reset(service, token)).body).to.include(refusal);
    now = start + 24 * 60 * minute;
    expect((await verify(service, verification)).body).to.include(refusal);
    now -= 1;
    expect((await verify(service, verification)).status).to.equal(204);
  });

  it('is refused for the other purpose', async () => {
    const { verification, token } = await bothTokens();
    expect((await verify(service, token)).body).to.include(refusal);
    expect((await reset(service, verification)).body).to.include(refusal);
  });

  it('stays valid after it was refused for the other purpose', async () => {
    const { verification, token } = await bothTokens();
    await verify(service, token);
    await reset(service, verification);
    expect((await reset(service, token)).status).to.equal(204);
    expect(
      (await verify(service, verification)).status,
      'a reset leaves the verification link valid',
    ).to.equal(204);
  });

  it('is refused when its token is changed or unknown, and stays valid', async () => {
    const { token } = await bothTokens();
    for (const wrong of [
      'A',
      token.slice(0, -1),
      `${token}A`,
      token.toLowerCase(),
      createHash('sha256').update(token).digest('base64url'),
    ]) {
      expect((await reset(service, wrong)).body, wrong).to.include(refusal);
    }
    expect((await reset(service, token)).status).to.equal(204);
  });

  const changes: Record<string, () => object> = {
    'is disabled': () => ({ disabled_at: new Date(now) }),
    'has another address': () => ({ email: `new-${user.email}` }),
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`sets no password while its user ${what}`, async () => {
      const { token } = await bothTokens();
      await userRow().update(change());
      expect((await reset(service, token)).body).to.include(refusal);
      expect(
        (await reset(service, token, 'password123')).body,
        'the token is checked before the password',
      ).to.include(refusal);
    });

    it(`verifies no address while its user ${what}`, async () => {
      const { verification } = await bothTokens();
      await userRow().update(change());
      expect((await verify(service, verification)).body).to.include(refusal);
      expect(await mailed.verifiedAt(user)).to.equal(null);
    });
  }

  it('is valid again after its user was disabled and enabled', async () => {
    const { verification } = await bothTokens();
    await userRow().update({ disabled_at: new Date(now) });
    await verify(service, verification);
    await userRow().update({ disabled_at: null });
    expect((await verify(service, verification)).status).to.equal(204);
  });

  it('is valid when its user has the same address in another case', async () => {
    const { verification } = await bothTokens();
    await userRow().update({ email: user.email.toUpperCase() });
    expect((await verify(service, verification)).status).to.equal(204);
  });

  it('is refused after its user was deleted', async () => {
    const { token } = await bothTokens();
    await userRow().delete();
    expect((await reset(service, token)).body).to.include(refusal);
  });

  it('goes to the address of the user, in whatever case the request has it', async () => {
    await askForReset(service, user.email.toUpperCase());
    await service.outbox.run();
    expect(mailed.mailsTo(user)).to.have.lengthOf(2);
  });

  it('is sent once a minute at most, for each purpose', async () => {
    const ask = async () => {
      await askForReset(service, user.email);
      await askForLink(service, user.email);
      await service.outbox.run();
      return mailed.mailsTo(user).length;
    };
    expect(await ask(), 'the link of the sign-up is less than a minute old').to.equal(2);
    now += minute - 1;
    expect(await ask()).to.equal(2);
    now += 1;
    expect(await ask()).to.equal(4);
    expect(await service.knex('mail_requests')).to.deep.equal([]);
  });
});

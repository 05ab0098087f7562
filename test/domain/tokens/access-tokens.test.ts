import { expect } from 'chai';
import jsonwebtoken from 'jsonwebtoken';
import { createAccessTokens } from '../../../src/domain/tokens/access-tokens.ts';
import { createKeyRing } from '../../../src/domain/tokens/key-ring.ts';

const [first, second] = [
  'the first secret, which is long enough',
  'the second secret, which is long enough',
] as const;

const sessionId = '0b6ff0c5-5a3b-4a3f-9d7e-1f2d3c4b5a69';
const holder = (userId: number) => ({
  userId,
  sessionId,
  username: 'alice',
  roles: ['ROLE_USER'] as const,
});
const ringOf = (secrets: readonly string[]) => createKeyRing({ secrets, privateKeys: [] });

describe('access tokens', () => {
  it('differ, although they are issued for the same session at the same time', () => {
    const tokens = createAccessTokens({ keyRing: ringOf([first]), now: () => 1_000_000 });
    expect(tokens.issue(holder(7), 60)).not.to.equal(tokens.issue(holder(7), 60));
  });

  it('name the user, the session, the issuer, and the times of issue and expiry', () => {
    const now = Date.UTC(2026, 10, 23);
    const tokens = createAccessTokens({ keyRing: ringOf([first]), now: () => now });
    const one = tokens.issue(holder(7), 60);
    const { header, payload } = jsonwebtoken.decode(one, { complete: true })!;
    expect(header).to.deep.equal({ alg: 'HS256', typ: 'JWT' });
    const { jti, ...claims } = payload as jsonwebtoken.JwtPayload;
    expect(jti).to.match(/^[0-9a-f-]{36}$/);
    expect(claims).to.deep.equal({
      sub: '7',
      sid: sessionId,
      iss: 'rolegate',
      iat: now / 1000,
      exp: now / 1000 + 60,
    });
    expect(tokens.verify(one)).to.deep.equal({ userId: 7, sessionId });
  });

  it('are valid until the second of their expiry', () => {
    let now = 1_000_000;
    const tokens = createAccessTokens({ keyRing: ringOf([first]), now: () => now });
    const token = tokens.issue(holder(1), 60);
    now += 59_999;
    expect(tokens.verify(token)).to.deep.equal({ userId: 1, sessionId });
    now += 1;
    expect(() => tokens.verify(token))
      .to.throw()
      .with.property('code', 'token_expired');
  });

  it('are signed with the first secret, and verified with all secrets', () => {
    const old = createAccessTokens({ keyRing: ringOf([first]) });
    const both = createAccessTokens({ keyRing: ringOf([second, first]) });
    const young = createAccessTokens({ keyRing: ringOf([second]) });
    expect(both.verify(old.issue(holder(1), 60))).to.deep.equal({ userId: 1, sessionId });
    expect(young.verify(both.issue(holder(1), 60))).to.deep.equal({ userId: 1, sessionId });
    expect(() => young.verify(old.issue(holder(1), 60)))
      .to.throw()
      .with.property('code', 'token_invalid');
  });

  it('are refused as expired under an older secret, too', () => {
    let now = 1_000_000;
    const old = createAccessTokens({ keyRing: ringOf([first]), now: () => now });
    const both = createAccessTokens({ keyRing: ringOf([second, first]), now: () => now });
    const token = old.issue(holder(1), 60);
    now += 61_000;
    expect(() => both.verify(token))
      .to.throw()
      .with.property('code', 'token_expired');
  });

  it('are refused by other keys after they were verified', () => {
    const old = createAccessTokens({ keyRing: ringOf([first]) });
    const token = old.issue(holder(1), 60);
    old.verify(token);
    expect(() => createAccessTokens({ keyRing: ringOf([second]) }).verify(token))
      .to.throw()
      .with.property('code', 'token_invalid');
  });

  it('are refused after their expiry, although they were verified before', () => {
    let now = 1_000_000;
    const old = createAccessTokens({ keyRing: ringOf([first]), now: () => now });
    const token = old.issue(holder(1), 60);
    for (let time = 0; time < 3; time += 1)
      expect(old.verify(token)).to.deep.equal({ userId: 1, sessionId });
    now += 60_000;
    for (let time = 0; time < 3; time += 1) {
      expect(() => old.verify(token))
        .to.throw()
        .with.property('code', 'token_expired');
    }
  });

  it('are refused when they differ from a verified token only in the last character', () => {
    const tokens = createAccessTokens({ keyRing: ringOf([first]) });
    const token = tokens.issue(holder(1), 60);
    tokens.verify(token);
    for (const forged of [
      `${token}A`,
      token.slice(0, -1),
      `${token.slice(0, -1)}${token.endsWith('A') ? 'E' : 'A'}`,
    ]) {
      expect(() => tokens.verify(forged))
        .to.throw()
        .with.property('code', 'token_invalid');
    }
  });
});

import { expect } from 'chai';
import type { AuthError } from '../../../src/domain/errors.ts';
import {
  createPasswordPolicy,
  type PasswordPolicy,
} from '../../../src/domain/passwords/password-policy.ts';
import { createPasswords, type Passwords } from '../../../src/domain/passwords/index.ts';

const owner = { username: 'Violet', email: 'v.lantern@example.com' };

describe('the password policy', () => {
  let passwords: Passwords;
  let policy: PasswordPolicy;
  before(() => {
    passwords = createPasswords({ cost: 4, workers: 2 });
    policy = createPasswordPolicy(passwords);
  });
  after(() => passwords.close());
  const refusal = (password: string, whose = owner, member?: string) =>
    policy.refuseWeak(password, whose, member).then(
      () => null,
      (error: unknown) => error as AuthError,
    );

  const common = 'This is a commonly used password.';
  const similar = 'This password is too similar to a commonly used one.';
  const repeats = 'This password repeats the same characters.';
  const keys = 'This password is a row of keys on the keyboard.';
  const date = 'This password is a date or a year.';
  const username = 'This password holds the username.';
  const email = 'This password holds the part of the e-mail address before the @.';
  const weak: [string, string][] = [
    ['12345678', common],
    ['password', common],
    ['PASSWORD', common],
    ['iloveyou', common],
    ['1q2w3e4r', common],
    ['qwerty123456', common],
    ['P@ssw0rd', similar],
    ['p4ssw0rd!', similar],
    ['drowssap', similar],
    ['Summer2026', similar],
    ['p'.repeat(72), repeats],
    ['é'.repeat(36), repeats],
    ['🦊'.repeat(18), repeats],
    ['passwordpassword', repeats],
    ['abcabcabc', repeats],
    ['bcdefghijk', 'This password is a sequence, such as abcd or 4321.'],
    ['asdfghjkl;', keys],
    ['2026-11-24', date],
    ['19902000', date],
    ['untangled', 'This password is too easy to guess.'],
    ['kein Violet im Garten', username],
    ['my name is vIOLET', username],
    ['xx V.Lantern 2 xx', email],
  ];
  for (const [password, reason] of weak) {
    it(`refuses ${password.slice(0, 24)} with the message: ${reason}`, async () => {
      const failure = await refusal(password);
      expect(failure).to.include({ code: 'weak_password', publicMessage: reason });
      expect(failure?.breaches).to.deep.equal([{ path: '/body/password', message: reason }]);
    });
  }

  const fine = [
    'correct horse battery',
    'grüße & 100 %',
    'r8#kX2pq',
    'тишина и покой',
    '🦊🐙🦉🐝🌵🍋🎻🚲',
    'mein kleines haus',
    'a viol and a lamp',
    'the lantern on the pier goes out when the last boat has come home at six',
  ];
  for (const password of fine) {
    it(`accepts ${password}`, async () => {
      expect(await refusal(password)).to.equal(null);
    });
  }

  it('looks only for names of three or more characters in the password', async () => {
    expect(
      await refusal('correct horse battery', { username: 'hor', email: 'co@example.com' }),
    ).to.include({
      code: 'weak_password',
    });
    expect(
      await refusal('correct horse battery', { username: 'cat', email: 'co@example.com' }),
    ).to.equal(null);
  });

  it('refuses more than 72 bytes as a breach of the contract, before any other rule', async () => {
    const failure = await refusal('é'.repeat(37), owner, 'newPassword');
    expect(failure).to.include({ code: 'validation_failed' });
    expect(failure?.breaches[0]?.path).to.equal('/body/newPassword');
  });

  it('names the member of the request that held the password', async () => {
    expect((await refusal('12345678', owner, 'newPassword'))?.breaches[0]?.path).to.equal(
      '/body/newPassword',
    );
  });

  it('takes about as long as a hash for the slowest password, outside the event loop', async () => {
    const hashing = createPasswords({ cost: 10, workers: 2, hasher: 'bcryptjs' });
    // The slowest password that a search of 45 seconds found.
    const slow = '19[t1p@ss211111111111111111111111111e01111111111111111111111111111111111';
    await Promise.all([refusal(slow), refusal(slow), hashing.hash(slow), hashing.hash(slow)]);
    const timeOf = async (work: () => Promise<unknown>) => {
      const start = performance.now();
      await Promise.all(Array.from({ length: 6 }, work));
      return performance.now() - start;
    };
    const begin = performance.eventLoopUtilization();
    const [judged, hashed] = [
      await timeOf(() => refusal(slow)),
      await timeOf(() => hashing.hash(slow)),
    ];
    const { utilization } = performance.eventLoopUtilization(begin);
    await hashing.close();
    // About one hash. With zxcvbn's English dictionaries it would be several.
    expect(judged / hashed).to.be.below(3);
    expect(utilization).to.be.below(0.5);
  });
});

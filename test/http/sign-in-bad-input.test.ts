import { expect } from 'chai';
import type { Received } from '../../tools/service/http.ts';
import { startService, type Service } from '../support/service.ts';

// As in bad-input.test.ts: each breach is a 400 that names the member.

function pathsOf({ body }: Received): string[] {
  return (body as { errors: { path: string }[] }).errors.map((breach) => breach.path);
}

describe('signIn', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());
  /** Sends a string as it is. */
  const signInRaw = (body: unknown, headers = {}) =>
    service.call({ method: 'POST', path: '/api/auth/signin', body, headers });

  const refused: [string, unknown, string][] = [
    ['a missing username', { password: 'x' }, '/body/username'],
    ['a missing password', { username: 'x' }, '/body/password'],
    ['an extra member', { username: 'x', password: 'x', remember: true }, '/body/remember'],
    ['an empty username', { username: '', password: 'x' }, '/body/username'],
    ['an empty password', { username: 'x', password: '' }, '/body/password'],
    [
      'a username of 255 characters',
      { username: 'x'.repeat(255), password: 'x' },
      '/body/username',
    ],
    ['a username with NUL', { username: 'x\u0000', password: 'x' }, '/body/username'],
    ['a username with a lone surrogate', '{"username":"\\ud800","password":"x"}', '/body/username'],
    ['a username that is an object', { username: { $ne: '' }, password: 'x' }, '/body/username'],
    ['a password of 73 bytes', { username: 'x', password: 'p'.repeat(73) }, '/body/password'],
    [
      'a password of 74 bytes in 37 characters',
      { username: 'x', password: 'é'.repeat(37) },
      '/body/password',
    ],
    ['a password with NUL', { username: 'x', password: 'x\u0000' }, '/body/password'],
    ['a password that is true', { username: 'x', password: true }, '/body/password'],
    ['a list instead of an object', [], '/body'],
  ];
  for (const [what, body, path] of refused) {
    it(`refuses ${what}`, async () => {
      const answer = await signInRaw(
        body,
        typeof body === 'string' ? { 'content-type': 'application/json' } : {},
      );
      expect(answer.body).to.include({ status: 400, code: 'validation_failed' });
      expect(pathsOf(answer)).to.include(path);
    });
  }

  it('refuses a body that is not JSON as malformed', async () => {
    const answer = await signInRaw('{', { 'content-type': 'application/json' });
    expect(answer.body).to.include({ status: 400, code: 'malformed_body' });
  });

  it('answers a username at its upper bound as it answers any unknown one', async () => {
    const answer = await service.signIn({ username: 'x'.repeat(254), password: 'p'.repeat(72) });
    expect(answer.body).to.include({ status: 401, code: 'invalid_credentials' });
  });
});

import { expect } from 'chai';
import { startService, type Service } from '../../support/service.ts';

describe('refreshTokens', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());
  const refresh = (body: unknown, headers = {}) =>
    service.call({ method: 'POST', path: '/api/auth/refresh', body, headers });
  const json = { 'content-type': 'application/json' };

  const refused: [string, unknown, string][] = [
    ['no token', {}, '/body/refreshToken'],
    ['no body', undefined, '/body/refreshToken'],
    ['a token that is a number', { refreshToken: 1 }, '/body/refreshToken'],
    ['an empty token', { refreshToken: '' }, '/body/refreshToken'],
    ['a token of 257 characters', { refreshToken: 'a'.repeat(257) }, '/body/refreshToken'],
    ['a token with NUL', { refreshToken: 'a\u0000' }, '/body/refreshToken'],
    ['a token with a lone surrogate', '{"refreshToken":"\\ud800"}', '/body/refreshToken'],
    ['an extra member', { refreshToken: 'a', grace: true }, '/body/grace'],
    ['a list as its body', [], '/body'],
  ];
  for (const [what, body, path] of refused) {
    it(`refuses a request with ${what}, and names ${path}`, async () => {
      const answer = await refresh(body, typeof body === 'string' ? json : {});
      expect(answer.body).to.include({ status: 400, code: 'validation_failed' });
      expect((answer.body as { errors: { path: string }[] }).errors[0]?.path).to.equal(path);
    });
  }

  it('refuses a body that is not JSON', async () => {
    expect((await refresh('{', json)).body).to.include({ status: 400, code: 'malformed_body' });
  });

  it('refuses a body of another media type', async () => {
    const { body } = await refresh('<x/>', { 'content-type': 'text/xml' });
    expect(body).to.include({ status: 415 });
  });

  it('refuses a body that is too large', async () => {
    expect((await refresh({ refreshToken: 'a'.repeat(20_000) })).body).to.include({ status: 413 });
  });
});

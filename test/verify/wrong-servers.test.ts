import { expect } from 'chai';
import { loadContract } from '../../src/contract/document.ts';
import { VerifyError } from '../../src/verify/errors.ts';
import { verify } from '../../src/verify/verify.ts';
import { startMeddler, type Meddle } from '../../tools/service/altering-proxy.ts';
import { rolegate } from '../../tools/service/process.ts';
import { startService, type Service } from '../support/service.ts';

// Each server breaks the contract in one place. `rolegate verify` must name that place, and nothing
// else.

const at =
  (path: string, method: string, change: ReturnType<Meddle>): Meddle =>
  (request) =>
    request.path === path && request.method === method ? change : undefined;
const members =
  (path: string, change: object): Meddle =>
  (request, { status, body }) =>
    request.path === path && status < 300
      ? { text: JSON.stringify({ ...body, ...change }) }
      : undefined;

const wrong: [string, Meddle, string, RegExp][] = [
  [
    'drops a header',
    ({ path, method }, { headers: { 'www-authenticate': _, ...headers } }) =>
      path === '/api/account' && method === 'GET' ? { headers } : undefined,
    'getAccount',
    /the header WWW-Authenticate is missing/,
  ],
  [
    'adds a member',
    members('/api/auth/refresh', { scope: 'all' }),
    'refreshTokens',
    /must NOT have additional properties \(scope\)/,
  ],
  [
    'sends a string instead of a number',
    members('/api/account', { id: '7' }),
    'getAccount',
    /\/id must be integer/,
  ],
  [
    'answers an undeclared status',
    at('/api/test/all', 'GET', { status: 203 }),
    'getPublicContent',
    /does not declare that status/,
  ],
  [
    'answers HTML instead of JSON',
    at('/health/live', 'GET', { headers: { 'content-type': 'text/html' }, text: '<h1>alive</h1>' }),
    'getLiveness',
    /the media type text\/html is not declared/,
  ],
  [
    'answers malformed JSON',
    at('/health/live', 'GET', { text: '{"status":' }),
    'getLiveness',
    /must be object/,
  ],
  [
    'answers the wrong error code',
    ({ path, method }, { text }) =>
      path === '/api/auth/signout' && method === 'POST'
        ? { text: text.replace('"token_missing"', '"token_expired"') }
        : undefined,
    'signOut',
    /the error code is not token_missing/,
  ],
  [
    'serves secured content to guests',
    ({ path, method }, { text }) =>
      path === '/api/test/user' && method === 'GET' ? { status: 200, text } : undefined,
    'getUserContent',
    /expected 401/,
  ],
];

describe('rolegate verify', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());
  const verifyAt = (url: string, options: Partial<Parameters<typeof verify>[0]> = {}) =>
    verify({
      url: new URL(url),
      adminToken: null,
      ours: loadContract().document,
      theirContract: false,
      emailDomain: 'example.invalid',
      maxRequests: 2_000,
      userAgent: 'rolegate-verify/test',
      signal: new AbortController().signal,
      onProgress: () => undefined,
      ...options,
    });

  for (const [what, meddle, operationId, reason] of wrong) {
    it(`reports only ${operationId} for a server that ${what}`, async function () {
      this.timeout(60_000);
      const meddler = await startMeddler(service.url, meddle);
      const { records, left } = await verifyAt(meddler.url);
      await meddler.close();
      const breaches = records.breaches();
      expect(breaches.map(({ breaches: each }) => each.join('\n')).join('\n')).to.match(reason);
      expect([...new Set(breaches.map((each) => each.operationId))]).to.deep.equal([operationId]);
      expect(left).to.deep.equal([]);
      expect((await service.knex('users').count())[0]).to.deep.equal({ count: 0 });
    });
  }

  it('exits with code 1, and counts the answers that broke the contract', async function () {
    this.timeout(60_000);
    const meddler = await startMeddler(service.url, at('/health/live', 'GET', { status: 203 }));
    const { code, stdout, stderr } = await rolegate(['verify', '--url', meddler.url]);
    await meddler.close();
    expect(code).to.equal(1);
    expect(stdout)
      .to.match(/^getLiveness +BREACH/m)
      .and.contain('  getLiveness, without a token:\n    answered 203, and');
    expect(stderr).to.match(/^The contract was broken by \d of \d+ answers\.\n$/);
  });

  it('reports another contract version, and uses it with `theirContract`', async function () {
    this.timeout(60_000);
    const meddler = await startMeddler(service.url, ({ path }, { body }) => {
      if (path !== '/openapi.json' || !body.info) return undefined;
      return { text: JSON.stringify({ ...body, info: { ...body.info, version: '9.0.0' } }) };
    });
    const { mismatch, version } = await verifyAt(meddler.url, { theirContract: true });
    await meddler.close();
    expect(mismatch).to.match(/has version 9\.0\.0 of the contract; this package has /);
    expect(version).to.equal('9.0.0');
  });

  it('refuses to verify a server that serves no contract', async () => {
    const meddler = await startMeddler(service.url, at('/openapi.json', 'GET', { status: 404 }));
    const error = await verifyAt(meddler.url).catch((reason: unknown) => reason);
    await meddler.close();
    expect(error)
      .to.be.instanceOf(VerifyError)
      .with.property('message')
      .that.contains('There is no contract at /openapi.json');
  });

  it('repeats a request after a 503 with Retry-After, and reports no breach', async function () {
    this.timeout(60_000);
    let away = 1;
    const meddler = await startMeddler(service.url, ({ path }) =>
      path === '/health/live' && away-- > 0
        ? { status: 503, headers: { 'retry-after': '1' } }
        : undefined,
    );
    const { records } = await verifyAt(meddler.url);
    await meddler.close();
    expect(records.breaches()).to.deep.equal([]);
  });
});

import { expect } from 'chai';
import { loadContract } from '../../../src/contract/document.ts';
import { accessCookie, refreshCookie } from '../../../src/handlers/session-cookies.ts';
import type { Received } from '../../../tools/service/http.ts';
import { startService, type Service, type TestUser } from '../../support/service.ts';

const own = { 'sec-fetch-site': 'same-origin' };

/** The cookies that a browser would keep, as name=value pairs. */
function jar({ headers }: Received): string {
  return (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ');
}

describe('the cookie transport', () => {
  let service: Service;
  let user: TestUser;
  before(async () => {
    service = await startService();
    user = await service.newUser('admin');
  });
  after(() => service.close());
  const signIn = (headers: Record<string, string> = own) =>
    service.asGuest.post(
      '/api/auth/signin',
      { username: user.username, password: user.password, transport: 'cookie' },
      { headers },
    );
  const post = (path: string, headers: Record<string, string>) =>
    service.asGuest.post(path, undefined, { headers });
  const readAsAdmin = (headers: Record<string, string>) =>
    service.asGuest.get('/api/test/admin', { headers });

  it('uses the cookie names of the contract', () => {
    const { components } = loadContract().document as {
      components: Record<'securitySchemes' | 'parameters', Record<string, { name: string }>>;
    };
    expect(components.securitySchemes['accessTokenCookie']?.name).to.equal(accessCookie);
    expect(components.parameters['RefreshTokenCookie']?.name).to.equal(refreshCookie);
  });

  it('keeps the tokens out of the body', async () => {
    const answer = await signIn();
    expect(answer.body).to.have.all.keys(
      'id',
      'username',
      'email',
      'roles',
      'sessionId',
      'tokenType',
      'expiresIn',
    );
  });

  it('sets both tokens as cookies with the __Host- prefix and safe attributes', async () => {
    const answer = await signIn();
    const cookies = answer.headers['set-cookie'] ?? [];
    expect(cookies).to.have.lengthOf(2);
    expect(cookies[0]).to.match(
      /^__Host-rolegate-access=[\w.-]+; Max-Age=3600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(cookies[1]).to.match(
      /^__Host-rolegate-refresh=[\w-]+; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect((await readAsAdmin({ cookie: jar(answer) })).text).to.equal('Admin Content.');
  });

  it('replaces both cookies at a refresh', async () => {
    const first = await signIn();
    const second = await post('/api/auth/refresh', { ...own, cookie: jar(first) });
    expect(second.body).to.deep.equal({ tokenType: 'Bearer', expiresIn: 3600 });
    expect(jar(second)).not.to.equal(jar(first));
  });

  it('clears both cookies at a sign-out, and ends a refreshed session', async () => {
    const first = await signIn();
    const second = await post('/api/auth/refresh', { ...own, cookie: jar(first) });
    const out = await post('/api/auth/signout', { ...own, cookie: jar(second) });
    expect(out.status).to.equal(204);
    expect(jar(out)).to.equal(`${accessCookie}=; ${refreshCookie}=`);
    for (const line of out.headers['set-cookie'] ?? []) expect(line).to.contain('Max-Age=0');
    expect((await readAsAdmin({ cookie: jar(second) })).status).to.equal(401);
  });

  it('ignores the cookie when the request also has a token in a header', async () => {
    const cookie = jar(await signIn());
    const plain = service.asUser(await service.newUser());
    expect((await plain.get('/api/test/admin', { headers: { cookie } })).status).to.equal(403);
    expect((await readAsAdmin({ 'x-access-token': 'nonsense', cookie })).status).to.equal(401);
  });

  // A page of another site cannot set the header, so such a request is no forgery.
  it('does not check the origin of a request that has a token in a header', async () => {
    const cookie = jar(await signIn());
    const plain = service.asUser(await service.newUser());
    const headers = { cookie, 'sec-fetch-site': 'cross-site' };
    expect((await plain.post('/api/auth/signout', undefined, { headers })).status).to.equal(204);
  });

  const sources: [string, Record<string, string>, boolean][] = [
    ['the same origin', { 'sec-fetch-site': 'same-origin' }, true],
    ['the address bar', { 'sec-fetch-site': 'none' }, true],
    [
      'a configured origin',
      { 'sec-fetch-site': 'same-site', origin: 'http://localhost:8081' },
      true,
    ],
    [
      'a configured origin of another site',
      { 'sec-fetch-site': 'cross-site', origin: 'http://localhost:8081' },
      true,
    ],
    [
      'another origin of the same site',
      { 'sec-fetch-site': 'same-site', origin: 'http://localhost:9999' },
      false,
    ],
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, false],
    ['a page without an origin', { 'sec-fetch-site': 'cross-site', origin: 'null' }, false],
    ['an older browser at another site', { origin: 'https://evil.example' }, false],
    ['a client that is no browser', {}, false],
  ];
  for (const [source, headers, trusted] of sources) {
    it(`${trusted ? 'accepts' : 'refuses'} changes from ${source}`, async () => {
      const cookie = jar(await signIn());
      const answers = [
        await signIn(headers),
        await post('/api/auth/refresh', { ...headers, cookie }),
        await post('/api/auth/signout', { ...headers, cookie }),
      ];
      expect(answers.map(({ status }) => status)).to.deep.equal(
        trusted ? [200, 200, 204] : [403, 403, 403],
      );
      if (trusted) return;
      for (const { body } of answers) expect(body).to.include({ code: 'cross_site_request' });
      const { status } = await readAsAdmin({ ...headers, cookie });
      expect(status, 'a read changes nothing').to.equal(200);
    });
  }

  it("accepts a sign-in that an older browser sends from the service's own origin", async () => {
    const { host } = new URL(service.url);
    expect((await signIn({ origin: `http://${host}` })).status).to.equal(200);
  });

  it('allows credentials for configured origins only', async () => {
    const credentials = async (origin: string) =>
      (await service.asGuest.get('/api/test/all', { headers: { origin } })).headers[
        'access-control-allow-credentials'
      ];
    expect(await credentials('http://localhost:8081')).to.equal('true');
    expect(await credentials('https://evil.example')).to.equal(undefined);
  });
});

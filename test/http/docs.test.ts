import { expect } from 'chai';
import { startService, type Service } from '../support/service.ts';

const browserAccept =
  'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';
const assets = ['/docs/swagger-ui.js', '/docs/redoc.js', '/docs/pages.css'];

describe('the documentation pages', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());

  it('are where / redirects a browser to, for GET and HEAD', async () => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await service.call({ method, path: '/', headers: { accept: browserAccept } });
      expect(answer.status).to.equal(303);
      expect(answer.headers).to.include({ location: '/docs', vary: 'Origin, Accept' });
    }
  });

  it('do not replace the welcome message at / for a client that does not prefer HTML', async () => {
    for (const accept of [
      'application/json',
      '*/*',
      'image/png',
      'text/html;q=0.5,application/json',
      '',
      'no media type',
    ]) {
      const answer = await service.asGuest.get('/', { headers: { accept } });
      expect(answer.body, accept).to.deep.equal({
        message: 'Welcome to the Node.js JWT Authentication application.',
      });
      expect(answer.headers.vary).to.equal('Origin, Accept');
    }
  });

  for (const [path, script] of [
    ['/docs', '/docs/swagger-ui.js'],
    ['/redoc', '/docs/redoc.js'],
  ] as const) {
    it(`serve ${path} as HTML that caches must revalidate`, async () => {
      const { headers } = await service.asGuest.get(path);
      expect(headers).to.include({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
      });
    });

    it(`name in ${path} only files of this service`, async () => {
      const { text } = await service.asGuest.get(path);
      const named = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(
        ([, address = '']) => address,
      );
      expect(named).to.include.members([script, '/docs/pages.css']);
      for (const address of named) expect(address).to.match(/^(\/|data:image\/svg)/);
    });

    it(`hold in ${path} no inline script, style or event handler`, async () => {
      const { text } = await service.asGuest.get(path);
      expect(text)
        .to.match(/<script src="[^"]+" defer><\/script>/)
        .and.not.match(/<style|\son[a-z]+=|style=/);
    });
  }

  for (const path of assets) {
    it(`load nothing from another host in ${path}`, async () => {
      const { status, text } = await service.asGuest.get(path);
      expect(status).to.equal(200);
      expect(text).not.to.contain('cdn.redoc.ly');
    });

    it(`answer 304 without a body when the client has the current ${path}`, async () => {
      const etag = (await service.asGuest.get(path)).headers.etag ?? '';
      const again = await service.asGuest.get(path, { headers: { 'if-none-match': etag } });
      expect(again).to.include({ status: 304, text: '' });
      expect(again.headers.etag).to.equal(etag);
    });

    it(`send ${path} again when the client has another version`, async () => {
      const headers = { 'if-none-match': '"another"' };
      expect((await service.asGuest.get(path, { headers })).status).to.equal(200);
    });
  }

  it('are the only answers with a 304: other operations ignore If-None-Match', async () => {
    const admin = await service.newUser('admin');
    const headers = { 'if-none-match': '*' };
    for (const path of [`/api/users/${admin.id}`, '/health/live', '/docs']) {
      expect((await service.asUser(admin).get(path, { headers })).status, path).to.equal(200);
    }
  });
});

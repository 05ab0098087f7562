import { expect } from 'chai';
import { bearer, startService, type Service } from '../support/service.ts';

const browserAccept =
  'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';
const assets = ['/docs/swagger-ui.js', '/docs/redoc.js', '/docs/pages.css'];

describe('the documentation pages', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());

  it('are where browsers are sent from /, and nobody else', async () => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await service.call({ method, path: '/', headers: { accept: browserAccept } });
      expect(answer.status).to.equal(303);
      expect(answer.headers).to.include({ location: '/docs', vary: 'Origin, Accept' });
    }
    for (const accept of [
      'application/json',
      '*/*',
      'image/png',
      'text/html;q=0.5,application/json',
      '',
      'no media type',
    ]) {
      const answer = await service.call({ path: '/', headers: { accept } });
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
    it(`${path} holds no script of its own, and names files of this service only`, async () => {
      const { text, headers } = await service.call({ path });
      expect(headers).to.include({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
      });
      const named = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(
        ([, address = '']) => address,
      );
      expect(named).to.include.members([script, '/docs/pages.css']);
      for (const address of named) expect(address).to.match(/^(\/|data:image\/svg)/);
      expect(text)
        .to.match(/<script src="[^"]+" defer><\/script>/)
        .and.not.match(/<style|\son[a-z]+=|style=/);
    });
  }

  for (const path of assets) {
    it(`${path} is kept by caches, and sent again when it has changed`, async () => {
      const first = await service.call({ path });
      expect(first.status).to.equal(200);
      expect(first.text).not.to.contain('cdn.redoc.ly');
      const etag = first.headers.etag ?? '';
      const again = await service.call({ path, headers: { 'if-none-match': etag } });
      expect(again).to.include({ status: 304, text: '' });
      expect(again.headers.etag).to.equal(etag);
      expect(
        (await service.call({ path, headers: { 'if-none-match': '"another"' } })).status,
      ).to.equal(200);
    });
  }

  it('are the only ones that can be not modified: nothing else is answered with a 304 that it does not declare', async () => {
    const { id, token } = await service.newUser('admin');
    for (const path of [`/api/users/${id}`, '/health/live', '/docs']) {
      expect(
        (await service.call({ path, headers: { ...bearer(token), 'if-none-match': '*' } })).status,
        path,
      ).to.equal(200);
    }
  });
});

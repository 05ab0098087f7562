import { request } from 'node:http';
import { connect } from 'node:net';
import { expect } from 'chai';
import { loadContract } from '../../src/contract/document.ts';
import { toOpenApi30 } from '../../src/contract/openapi-30.ts';
import { operations } from '../support/operations.ts';
import { bearer, startService, type Service } from '../support/service.ts';
import { slowness } from '../support/slowness.ts';

/** Each path of the contract, filled in with an example of its parameters. */
const paths = [...new Set(operations.map(({ path }) => path))];

describe('the service', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());

  for (const path of paths) {
    const known = operations
      .filter((operation) => operation.path === path)
      .map(({ method }) => method);
    const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND'].filter(
      (method) => !known.includes(method),
    );

    it(`answers 405 to all methods but ${known.join(', ')} at ${path}`, async () => {
      for (const method of others) {
        // The method is checked before the token, the media type and the query.
        const answer = await service.call({
          method,
          path: `${path}?x=1`,
          body: '<x/>',
          headers: { 'content-type': 'text/xml' },
        });
        expect(answer.body, method).to.include({ status: 405, code: 'method_not_allowed' });
        expect(answer.headers.allow).to.equal(
          [...known, ...(known.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', '),
        );
      }
    });

    if (!known.includes('GET')) {
      it(`answers 405 to HEAD at ${path}, which has no GET`, async () => {
        expect((await service.call({ method: 'HEAD', path })).status).to.equal(405);
      });
      continue;
    }

    it(`answers HEAD at ${path} as GET, without the body`, async () => {
      const admin = await service.newUser('moderator', 'admin');
      const [got, head] = [
        await service.asUser(admin).get(path),
        await service.call({ method: 'HEAD', path, headers: bearer(admin.token) }),
      ];
      expect(head.status).to.equal(200);
      expect(head.text).to.equal('');
      for (const name of ['content-type', 'content-length', 'cache-control'])
        expect(head.headers[name]).to.equal(got.headers[name]);
    });

    it(`answers 400 to HEAD at ${path} with an unknown query parameter`, async () => {
      const { token } = await service.newUser('moderator', 'admin');
      const head = { method: 'HEAD', path: `${path}?x=1`, headers: bearer(token) };
      expect((await service.call(head)).status).to.equal(400);
    });
  }

  it('answers 404 to a path that differs in case, slashes or encoding', async () => {
    const { token } = await service.newUser('admin');
    for (const path of [
      '/api',
      '/api/test',
      '/api/test/all/',
      '/API/test/all',
      '/api/test/%61ll',
      '/api/test/%ff',
      '//api/test/all',
      '/%00',
      '/..%2f',
      '/api/test/all;x',
      '/api/test/admin/extra',
      '/.env',
      '/openapi.yml',
    ]) {
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        const answer = await service.call({ method, path, headers: bearer(token) });
        expect(answer.body, `${method} ${path}`).to.include({ status: 404, code: 'not_found' });
      }
    }
  });

  it('answers 404 to a path of ten thousand slashes quickly', async () => {
    const start = performance.now();
    expect((await service.asGuest.get(`/api${'/'.repeat(10_000)}`)).status).to.equal(404);
    expect(performance.now() - start).to.be.below(200 * slowness());
  });

  it('answers 404 to a request target that is not a URL', async () => {
    for (const path of ['http://[/', '*']) {
      const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
      let text = '';
      socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      await new Promise((resolve) => socket.once('close', resolve));
      expect(text, path)
        .to.match(/^HTTP\/1\.1 404 /)
        .and.contain('X-Request-Id')
        .and.contain('"code":"not_found"');
    }
  });

  const preflight = (origin: string) =>
    service.call({
      method: 'OPTIONS',
      path: '/api/auth/signin',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });

  it('allows the CORS preflight of a known origin', async () => {
    const { status, headers } = await preflight('http://localhost:8081');
    expect(status).to.equal(204);
    expect(headers['access-control-allow-origin']).to.equal('http://localhost:8081');
    expect(headers['access-control-allow-methods']).to.contain('POST');
    expect(headers['access-control-allow-headers']).to.equal('content-type');
  });

  it('lists the methods of the path in the answer to a preflight', async () => {
    const { headers } = await preflight('http://localhost:8081');
    expect(headers.allow).to.equal('POST, OPTIONS');
  });

  it('allows no CORS preflight of an unknown origin', async () => {
    expect((await preflight('http://evil.example')).headers).not.to.have.property(
      'access-control-allow-origin',
    );
  });

  it('lets a known origin read errors', async () => {
    const answer = await service.asGuest.get('/api/test/admin', {
      headers: { origin: 'http://localhost:8081' },
    });
    expect(answer.status).to.equal(401);
    expect(answer.headers['access-control-allow-origin']).to.equal('http://localhost:8081');
    expect(answer.headers['access-control-expose-headers']).to.contain('WWW-Authenticate');
    expect(answer.headers.vary).to.contain('Origin');
  });

  const contractPaths = ['/openapi.json', '/openapi.yaml', '/openapi-3.0.json'];

  it('answers 304 when the client has the current contract', async () => {
    for (const path of contractPaths) {
      const etag = (await service.asGuest.get(path)).headers.etag ?? '';
      const headers = { 'if-none-match': etag };
      expect(await service.asGuest.get(path, { headers })).to.include({ status: 304, text: '' });
    }
  });

  it('serves the contract again when the client has another version', async () => {
    const headers = { 'if-none-match': '"another"' };
    for (const path of contractPaths)
      expect((await service.asGuest.get(path, { headers })).status).to.equal(200);
  });

  it('serves each form of the contract with an ETag of its own', async () => {
    const tags = new Set<unknown>();
    for (const path of contractPaths) tags.add((await service.asGuest.get(path)).headers.etag);
    expect(tags.size).to.equal(3);
  });

  it('serves the contract byte for byte as YAML', async () => {
    expect((await service.asGuest.get('/openapi.yaml')).text).to.equal(loadContract().yaml);
  });

  it('serves the contract as JSON', async () => {
    const { document } = loadContract();
    expect((await service.asGuest.get('/openapi.json')).body).to.deep.equal(document);
  });

  it('serves the contract in OpenAPI 3.0', async () => {
    const { document } = loadContract();
    expect((await service.asGuest.get('/openapi-3.0.json')).body).to.deep.equal(
      toOpenApi30(document),
    );
  });

  it('answers 431 to headers that are too large, and serves the next request', async () => {
    const { port } = new URL(service.url);
    await new Promise<void>((resolve) => {
      const broken = request(
        { port, path: '/', headers: { 'x-large': 'x'.repeat(20_000) } },
        (response) => {
          expect(response.statusCode).to.equal(431);
          response.resume().on('end', resolve);
        },
      );
      broken.end();
    });
    expect((await service.asGuest.get('/health/live')).status).to.equal(200);
  });
});

import { request } from 'node:http';
import { connect } from 'node:net';
import { expect } from 'chai';
import { loadContract } from '../../src/contract/document.ts';
import { toOpenApi30 } from '../../src/contract/openapi-30.ts';
import { operations } from '../support/operations.ts';
import { bearer, startService, type Service } from '../support/service.ts';

/** Each path with an example of its parameters, and the methods that the contract declares for it. */
const paths = [...new Set(operations.map(({ path }) => path))];

describe('paths and methods', () => {
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

    it(`knows only ${known.join(', ')} at ${path}, and says so before anything else`, async () => {
      for (const method of others) {
        // Neither the missing token, nor the media type, nor the query is what is wrong first.
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
      it(`refuses HEAD at ${path}, which has no GET`, async () => {
        expect((await service.call({ method: 'HEAD', path })).status).to.equal(405);
      });
      continue;
    }

    it(`answers HEAD at ${path} as GET, without the body`, async () => {
      const { token } = await service.newUser('moderator', 'admin');
      const [got, head] = [
        await service.call({ path, headers: bearer(token) }),
        await service.call({ method: 'HEAD', path, headers: bearer(token) }),
      ];
      expect(head.status).to.equal(200);
      expect(head.text).to.equal('');
      for (const name of ['content-type', 'content-length', 'cache-control'])
        expect(head.headers[name]).to.equal(got.headers[name]);
      expect(
        (await service.call({ method: 'HEAD', path: `${path}?x=1`, headers: bearer(token) }))
          .status,
      ).to.equal(400);
    });
  }

  it('finds nothing at a path that the contract does not hold, whatever the case, the slash or the encoding', async () => {
    const { token } = await service.newUser('admin');
    const strange = [
      '/api',
      '/api/test',
      '/api/test/all/',
      '/API/test/all',
      '/api/test/%61ll',
      '/api/test/%ff',
      '//api/test/all',
      '/%00',
      '/..%2f',
    ];
    for (const path of [
      ...strange,
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

  it('finds that nothing is there as quickly in a path of ten thousand slashes', async () => {
    const start = performance.now();
    expect((await service.call({ path: `/api${'/'.repeat(10_000)}` })).status).to.equal(404);
    expect(performance.now() - start).to.be.below(200);
  });

  it('answers a target that is no URL as it answers any that is not there', async () => {
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

  it('answers a CORS preflight of a known origin, and names no other', async () => {
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
    const known = await preflight('http://localhost:8081');
    expect(known.status).to.equal(204);
    expect(known.headers['access-control-allow-origin']).to.equal('http://localhost:8081');
    expect(known.headers['access-control-allow-methods']).to.contain('POST');
    expect(known.headers['access-control-allow-headers']).to.equal('content-type');
    expect(known.headers.allow).to.equal('POST, OPTIONS');
    expect((await preflight('http://evil.example')).headers).not.to.have.property(
      'access-control-allow-origin',
    );
  });

  it('lets a known origin read errors, too', async () => {
    const answer = await service.call({
      path: '/api/test/admin',
      headers: { origin: 'http://localhost:8081' },
    });
    expect(answer.status).to.equal(401);
    expect(answer.headers['access-control-allow-origin']).to.equal('http://localhost:8081');
    expect(answer.headers['access-control-expose-headers']).to.contain('WWW-Authenticate');
    expect(answer.headers.vary).to.contain('Origin');
  });

  it('serves the contract again only when it has changed', async () => {
    const tags = new Set<string>();
    for (const path of ['/openapi.json', '/openapi.yaml', '/openapi-3.0.json']) {
      const etag = (await service.call({ path })).headers.etag ?? '';
      tags.add(etag);
      expect(await service.call({ path, headers: { 'if-none-match': etag } })).to.include({
        status: 304,
        text: '',
      });
      expect(
        (await service.call({ path, headers: { 'if-none-match': '"another"' } })).status,
      ).to.equal(200);
    }
    expect(tags.size).to.equal(3);
  });

  it('serves the contract, letter for letter, as JSON, and in OpenAPI 3.0', async () => {
    const { yaml, document } = loadContract();
    expect((await service.call({ path: '/openapi.yaml' })).text).to.equal(yaml);
    expect((await service.call({ path: '/openapi.json' })).body).to.deep.equal(document);
    expect((await service.call({ path: '/openapi-3.0.json' })).body).to.deep.equal(
      toOpenApi30(document),
    );
  });

  it('survives a request that is no HTTP', async () => {
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
    expect((await service.call({ path: '/health/live' })).status).to.equal(200);
  });
});

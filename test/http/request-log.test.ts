import { connect } from 'node:net';
import { expect } from 'chai';
import { bearer, startService, type Service } from '../support/service.ts';

describe('the request id and the log line', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());
  const lineOf = (id: unknown) =>
    service
      .log()
      .find(({ requestId, msg }) => requestId === id && String(msg).startsWith('request'));

  it('takes a sane id, and returns it', async () => {
    for (const id of [
      '7f0c2b1e-9d35-4a53-8b0f-0c6a3a7e9a11',
      '1-67891233-abcdef',
      'a',
      'x'.repeat(128),
      'a/b+c=:~@_.',
    ]) {
      const { headers } = await service.call({
        path: '/api/test/all',
        headers: { 'x-request-id': id },
      });
      expect(headers['x-request-id']).to.equal(id);
    }
  });

  it('replaces an id that is not sane', async () => {
    for (const id of ['', 'x'.repeat(129), 'a b', '{"level":60}', 'é', '<script>']) {
      const { headers } = await service.call({
        path: '/api/test/all',
        headers: { 'x-request-id': id },
      });
      expect(headers['x-request-id']).to.match(/^[0-9a-f-]{36}$/);
    }
  });

  it('bears the same id in a problem', async () => {
    const { body } = await service.call({ path: '/nowhere', headers: { 'x-request-id': 'mine' } });
    expect(body.requestId).to.equal('mine');
  });

  it('writes one line a request: id, operation, method, status, duration, address', async () => {
    const { token } = await service.newUser();
    const { headers } = await service.call({ path: '/api/test/user', headers: bearer(token) });
    const line = lineOf(headers['x-request-id']);
    expect(line).to.include({
      operation: 'getUserContent',
      method: 'GET',
      status: 200,
      ip: '127.0.0.1',
      msg: 'request',
    });
    expect(line?.['duration']).to.be.a('number').within(0, 10_000);
    expect(
      service.log().filter(({ requestId }) => requestId === headers['x-request-id']),
    ).to.have.lengthOf(1);
  });

  it('names the path, without its query, where there is no operation', async () => {
    const { headers } = await service.call({ path: '/nowhere?token=s3cret' });
    expect(lineOf(headers['x-request-id'])).to.include({ path: '/nowhere', status: 404 });
    expect(JSON.stringify(service.log())).not.to.contain('s3cret');
  });

  it('never holds a password, a token or a hash', async () => {
    const { token, password, username } = await service.newUser();
    await service.call({
      method: 'POST',
      path: '/api/auth/signin',
      body: { username, password: `${password}x` },
    });
    await service.call({ path: '/api/test/admin', headers: { 'x-access-token': token } });
    const text = JSON.stringify(service.log());
    for (const secret of [password, token, '$2b$']) expect(text).not.to.contain(secret);
  });

  it('tells of a client that went away before its answer', async () => {
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
    socket.write(
      'POST /api/auth/signin HTTP/1.1\r\nHost: x\r\nX-Request-Id: gone\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{',
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    for (let tries = 0; tries < 100 && !lineOf('gone'); tries++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(lineOf('gone')).to.include({ msg: 'request aborted', status: null });
    expect((await service.call({ path: '/health/live' })).status).to.equal(200);
  });
});

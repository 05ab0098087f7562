import { connect } from 'node:net';
import { expect } from 'chai';
import { startService, type Service } from '../support/service.ts';

describe('the request log', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());
  const lineOf = (id: unknown) =>
    service
      .log()
      .find(({ requestId, msg }) => requestId === id && String(msg).startsWith('request'));
  const returnedId = async (id: string) => {
    const { headers } = await service.asGuest.get('/api/test/all', {
      headers: { 'x-request-id': id },
    });
    return headers['x-request-id'];
  };

  it('uses the X-Request-Id of the client when it is well-formed, and returns it', async () => {
    for (const id of [
      '7f0c2b1e-9d35-4a53-8b0f-0c6a3a7e9a11',
      '1-67891233-abcdef',
      'a',
      'x'.repeat(128),
      'a/b+c=:~@_.',
    ]) {
      expect(await returnedId(id)).to.equal(id);
    }
  });

  it('replaces an X-Request-Id that is empty, too long or holds unsafe characters', async () => {
    for (const id of ['', 'x'.repeat(129), 'a b', '{"level":60}', 'é', '<script>']) {
      expect(await returnedId(id)).to.match(/^[0-9a-f-]{36}$/);
    }
  });

  it('names the request by the same id in a problem document', async () => {
    const { body } = await service.asGuest.get('/nowhere', { headers: { 'x-request-id': 'mine' } });
    expect(body.requestId).to.equal('mine');
  });

  it('writes the operation, method, status, duration and address of a request', async () => {
    const { headers } = await service.asUser(await service.newUser()).get('/api/test/user');
    const line = lineOf(headers['x-request-id']);
    expect(line).to.include({
      operation: 'getUserContent',
      method: 'GET',
      status: 200,
      ip: '127.0.0.1',
      msg: 'request',
    });
    expect(line?.['duration']).to.be.a('number').within(0, 10_000);
  });

  it('writes exactly one line for each request', async () => {
    const { headers } = await service.asUser(await service.newUser()).get('/api/test/user');
    expect(
      service.log().filter(({ requestId }) => requestId === headers['x-request-id']),
    ).to.have.lengthOf(1);
  });

  it('names the path without its query when the path has no operation', async () => {
    const { headers } = await service.asGuest.get('/nowhere?token=s3cret');
    expect(lineOf(headers['x-request-id'])).to.include({ path: '/nowhere', status: 404 });
    expect(JSON.stringify(service.log())).not.to.contain('s3cret');
  });

  it('never holds a password, a token or a password hash', async () => {
    const { token, password, username } = await service.newUser();
    await service.signIn({ username, password: `${password}x` });
    await service.asGuest.get('/api/test/admin', { headers: { 'x-access-token': token } });
    const text = JSON.stringify(service.log());
    for (const secret of [password, token, '$2b$']) expect(text).not.to.contain(secret);
  });

  it('reports a request whose client disconnected before the answer', async () => {
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
    socket.write(
      'POST /api/auth/signin HTTP/1.1\r\nHost: x\r\nX-Request-Id: gone\r\n' +
        'Content-Type: application/json\r\nContent-Length: 99\r\n\r\n{',
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    for (let tries = 0; tries < 100 && !lineOf('gone'); tries++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(lineOf('gone')).to.include({ msg: 'request aborted', status: null });
    // The service still answers other clients.
    expect((await service.asGuest.get('/health/live')).status).to.equal(200);
  });
});

import v8 from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { bearer, newCredentials, startService, type Service } from '../support/service.ts';

v8.setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe('bodies and their media types', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());
  const post = (path: string, type: string | undefined, body: string | Buffer, headers = {}) =>
    service.call({
      method: 'POST',
      path,
      body,
      headers: { ...(type !== undefined && { 'content-type': type }), ...headers },
    });

  for (const path of ['/api/auth/signup', '/api/auth/signin']) {
    for (const type of [
      'text/plain',
      'application/xml',
      'multipart/form-data; boundary=x',
      'application/json-patch+json',
      'nonsense',
      '',
    ]) {
      it(`refuses ${type || 'no type'} at ${path}`, async () => {
        const answer = await post(path, type || undefined, '{}');
        expect(answer.body).to.include({
          status: 415,
          code: 'unsupported_media_type',
          message: 'This operation takes application/json or application/x-www-form-urlencoded.',
        });
      });
    }

    it(`refuses an unknown character set and a compressed body at ${path}`, async () => {
      expect((await post(path, 'application/json; charset=ebcdic', '{}')).status).to.equal(415);
      const gzipped = await post(path, 'application/json', gzipSync('{}'), {
        'content-encoding': 'gzip',
      });
      expect(gzipped.status).to.equal(415);
    });

    it(`refuses a body over 16 KiB at ${path}, with and without a length, and takes one of just that size`, async () => {
      const fits = JSON.stringify({ username: 'x'.repeat(16 * 1024 - 15) });
      expect(Buffer.byteLength(fits)).to.equal(16 * 1024);
      expect((await post(path, 'application/json', fits)).body).to.include({
        code: 'validation_failed',
      });
      const large = await post(path, 'application/json', `${fits} `);
      expect(large.body).to.include({ status: 413, code: 'body_too_large' });
      const chunked = await post(path, 'application/json', `${fits} `, {
        'transfer-encoding': 'chunked',
      });
      expect(chunked.status).to.equal(413);
      expect(
        (await post(path, 'application/x-www-form-urlencoded', `a=${'x'.repeat(16 * 1024)}`))
          .status,
      ).to.equal(413);
    });
  }

  for (const type of [
    'application/json',
    'Application/JSON; charset=UTF-8',
    'application/json;foo=bar',
  ]) {
    it(`takes ${type}`, async () => {
      const answer = await post('/api/auth/signup', type, JSON.stringify(newCredentials()));
      expect(answer.status).to.equal(201);
    });
  }

  it('takes a form, one value of a list as a list of one', async () => {
    const form = new URLSearchParams({
      ...newCredentials(),
      password: 'grüße & 100 %',
      roles: 'user',
    });
    const signedUp = await post(
      '/api/auth/signup',
      'application/x-www-form-urlencoded',
      form.toString(),
    );
    expect(signedUp.status).to.equal(201);
    form.delete('email');
    form.delete('roles');
    const signedIn = await post(
      '/api/auth/signin',
      'application/x-www-form-urlencoded;charset=utf-8',
      form.toString(),
    );
    expect(signedIn.status).to.equal(200);
  });

  const badForms: [string, string, string][] = [
    ['a member twice', 'username=abc&username=abd&email=a@b.c&password=r8kX2pqv', '/body/username'],
    [
      'a role beyond the list',
      'username=abc&email=a@b.c&password=r8kX2pqv&roles=root',
      '/body/roles/0',
    ],
    ['a nested member', 'username[a]=b&email=a@b.c&password=r8kX2pqv', '/body'],
    ['NUL', 'username=abc&email=a@b.c&password=1234567%00', '/body/password'],
    ['more members than anyone needs', 'a=1&'.repeat(1500), '/body'],
  ];
  for (const [what, form, path] of badForms) {
    it(`refuses a form with ${what}`, async () => {
      const answer = await post('/api/auth/signup', 'application/x-www-form-urlencoded', form);
      expect(answer.body).to.include({ status: 400, code: 'validation_failed' });
      expect(answer.body.errors[0].path).to.satisfy((at: string) => at.startsWith(path));
    });
  }

  it('takes no other character set than UTF-8, and no bytes that are not', async () => {
    for (const charset of ['utf-16le', 'utf-7', 'iso-8859-1', '"latin1"']) {
      expect(
        (await post('/api/auth/signin', `application/json; charset=${charset}`, '{}')).status,
        charset,
      ).to.equal(415);
    }
    const form = Buffer.concat([
      Buffer.from('username=abc&password=secret'),
      Buffer.from([0xff, 0x80]),
    ]);
    const answer = await post('/api/auth/signin', 'application/x-www-form-urlencoded', form);
    expect(answer.body).to.include({ status: 400, code: 'malformed_body' });
  });

  it('keeps no compiled schema for each content type that somebody sends', async () => {
    const { token } = await service.newUser();
    const send = async (index: number) => {
      const headers = { 'content-type': `application/json; x=${index}` };
      await service.call({ method: 'POST', path: '/api/auth/signin', body: '{}', headers });
      await service.call({
        path: '/api/test/all?x=1',
        headers: { 'content-type': `text/x-${index}` },
      });
      await service.call({
        path: '/api/test/user',
        headers: { ...bearer(token), 'content-type': `text/x-${index}` },
      });
    };
    const rounds = async (from: number, to: number) => {
      for (let index = from; index < to; index++) await send(index);
      collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    const before = await rounds(0, 20);
    const after = await rounds(20, 120);
    // Kept schemas would be 15 MB here (50 KB each).
    expect(after - before).to.be.below(5_000_000);
  });
});

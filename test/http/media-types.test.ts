import v8 from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { newCredentials, startService, type Service } from '../support/service.ts';

v8.setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe('the body of a request', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());
  /** Sends the body as it is. */
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
      it(`is refused with ${type ? `the type ${type}` : 'no type'} at ${path}`, async () => {
        const answer = await post(path, type || undefined, '{}');
        expect(answer.body).to.include({
          status: 415,
          code: 'unsupported_media_type',
          message: 'This operation takes application/json or application/x-www-form-urlencoded.',
        });
      });
    }

    it(`is refused in an unknown character set at ${path}`, async () => {
      expect((await post(path, 'application/json; charset=ebcdic', '{}')).status).to.equal(415);
    });

    it(`is refused when compressed at ${path}`, async () => {
      const gzipped = await post(path, 'application/json', gzipSync('{}'), {
        'content-encoding': 'gzip',
      });
      expect(gzipped.status).to.equal(415);
    });

    const fits = JSON.stringify({ username: 'x'.repeat(16 * 1024 - 15) });

    it(`is read when it has exactly 16 KiB at ${path}`, async () => {
      expect(Buffer.byteLength(fits)).to.equal(16 * 1024);
      expect((await post(path, 'application/json', fits)).body).to.include({
        code: 'validation_failed',
      });
    });

    it(`is refused when its Content-Length is over 16 KiB at ${path}`, async () => {
      const large = await post(path, 'application/json', `${fits} `);
      expect(large.body).to.include({ status: 413, code: 'body_too_large' });
    });

    it(`is refused when its chunks exceed 16 KiB at ${path}`, async () => {
      const chunked = await post(path, 'application/json', `${fits} `, {
        'transfer-encoding': 'chunked',
      });
      expect(chunked.status).to.equal(413);
    });

    it(`is refused as a form over 16 KiB at ${path}`, async () => {
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
    it(`is accepted as ${type}`, async () => {
      const answer = await post('/api/auth/signup', type, JSON.stringify(newCredentials()));
      expect(answer.status).to.equal(201);
    });
  }

  it('may be a form, in which one value stands for a list of one', async () => {
    const form = new URLSearchParams({ ...newCredentials(), roles: 'user' });
    const signedUp = await post(
      '/api/auth/signup',
      'application/x-www-form-urlencoded',
      form.toString(),
    );
    expect(signedUp.status).to.equal(201);
  });

  it('may be a form that declares UTF-8 and holds escaped characters', async () => {
    const user = { ...newCredentials(), password: 'grüße & 100 %' };
    await service.asGuest.post('/api/auth/signup', user);
    const { username, password } = user;
    const signedIn = await post(
      '/api/auth/signin',
      'application/x-www-form-urlencoded;charset=utf-8',
      new URLSearchParams({ username, password }).toString(),
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
    ['1,500 members', 'a=1&'.repeat(1500), '/body'],
  ];
  for (const [what, form, path] of badForms) {
    it(`is refused as a form with ${what}`, async () => {
      const answer = await post('/api/auth/signup', 'application/x-www-form-urlencoded', form);
      expect(answer.body).to.include({ status: 400, code: 'validation_failed' });
      expect(answer.body.errors[0].path).to.satisfy((at: string) => at.startsWith(path));
    });
  }

  for (const escapes of ['%FC', '%', '%zz', '%C3']) {
    it(`is refused as a form with ${escapes}, which is no escape of UTF-8`, async () => {
      const form = `username=abc&password=${escapes}`;
      const answer = await post('/api/auth/signin', 'application/x-www-form-urlencoded', form);
      expect(answer.body).to.include({ status: 400, code: 'malformed_body' });
    });
  }

  it('is accepted as UTF-8 in every spelling', async () => {
    for (const type of ['application/json', 'application/x-www-form-urlencoded'])
      for (const charset of ['utf8', 'UTF8', '"utf8"', 'Utf-8']) {
        const body = type.endsWith('json') ? '{}' : 'a=b';
        const answer = await post('/api/auth/signin', `${type}; charset=${charset}`, body);
        expect(answer.body.code, `${type} ${charset}`).to.equal('validation_failed');
      }
  });

  it('is refused in every character set but UTF-8', async () => {
    for (const charset of ['utf-16le', 'utf-7', 'iso-8859-1', '"latin1"']) {
      expect(
        (await post('/api/auth/signin', `application/json; charset=${charset}`, '{}')).status,
        charset,
      ).to.equal(415);
    }
  });

  it('is refused as a form with bytes that are not UTF-8', async () => {
    const form = Buffer.concat([
      Buffer.from('username=abc&password=secret'),
      Buffer.from([0xff, 0x80]),
    ]);
    const answer = await post('/api/auth/signin', 'application/x-www-form-urlencoded', form);
    expect(answer.body).to.include({ status: 400, code: 'malformed_body' });
  });

  it('leaves no compiled schema in memory for each new content type', async () => {
    const client = service.asUser(await service.newUser());
    const send = async (index: number) => {
      await post('/api/auth/signin', `application/json; x=${index}`, '{}');
      const headers = { 'content-type': `text/x-${index}` };
      await service.asGuest.get('/api/test/all?x=1', { headers });
      await client.get('/api/test/user', { headers });
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

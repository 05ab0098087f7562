import { expect } from 'chai';
import { accessCookie } from '../../src/handlers/session-cookies.ts';
import { operations } from '../support/operations.ts';
import { createDatabase } from '../support/postgres.ts';
import { startProxy, type Proxy } from '../support/proxy.ts';
import { bearer, startService, type Service, type TestUser } from '../support/service.ts';

// What holds for every operation alike. A new one is held to it as soon as the contract names it.

const json = { 'content-type': 'application/json' };

describe('every operation', () => {
  let service: Service;
  let user: TestUser;
  let admin: TestUser;
  before(async () => {
    service = await startService();
    user = await service.newUser();
    admin = await service.newUser('moderator', 'admin');
  });
  after(() => service.close());

  for (const { id, method, path, body, mediaTypes, isSecured, roles } of operations) {
    it(`${id} refuses a query parameter that the contract does not know`, async () => {
      const answer = await service.call({
        method,
        path: `${path}?colour=red`,
        body,
        headers: bearer(admin.token),
      });
      expect(answer.body).to.include({ status: 400, code: 'validation_failed' });
      expect(answer.body.errors).to.deep.equal([
        { path: '/query/colour', message: "Unknown query parameter 'colour'" },
      ]);
    });

    if (isSecured && method !== 'GET') {
      it(`${id} refuses a cookie from another site`, async () => {
        const headers = {
          cookie: `${accessCookie}=${admin.token}`,
          'sec-fetch-site': 'cross-site',
        };
        expect((await service.call({ method, path, body, headers })).body).to.include({
          status: 403,
          code: 'cross_site_request',
        });
      });
    }

    if (roles.length > 0) {
      it(`${id} refuses a user without the role ${roles.join(' and ')}, before it looks at the rest`, async () => {
        const answer = await service.call({
          method,
          path: `${path}?colour=red`,
          body: '<x/>',
          headers: bearer(user.token),
        });
        expect(answer.body).to.include({ status: 403, code: 'role_required' });
      });
    }

    if (mediaTypes.length > 0) {
      it(`${id} refuses a body that is no JSON, a list, with an extra member, of another media type, or too large`, async () => {
        const send = async (sent: unknown, headers: object = json) => {
          const answer = await service.call({
            method,
            path,
            body: sent,
            headers: { ...bearer(admin.token), ...headers },
          });
          return answer.body as { errors?: unknown };
        };
        expect(await send('{')).to.include({ status: 400, code: 'malformed_body' });
        expect(await send('[]')).to.include({ status: 400, code: 'validation_failed' });
        const extra = await send({ ...body, colour: 'red' });
        expect(extra.errors).to.deep.include({
          path: '/body/colour',
          message: 'must NOT have additional properties',
        });
        expect(await send('<x/>', { 'content-type': 'text/xml' })).to.include({
          status: 415,
          code: 'unsupported_media_type',
        });
        expect(await send(`"${'x'.repeat(16 * 1024)}"`)).to.include({
          status: 413,
          code: 'body_too_large',
        });
      });
    }
  }
});

describe('every operation that needs the database', () => {
  let proxy: Proxy;
  let service: Service;
  let admin: TestUser;
  before(async () => {
    proxy = await startProxy(await createDatabase());
    service = await startService({ databaseUrl: proxy.url, silenceLimit: 1_000 });
    admin = await service.newUser('moderator', 'admin');
  });
  after(async () => {
    await service.close();
    await proxy.close();
  });
  const callAll = (status: number) =>
    Promise.all(
      operations
        .filter(({ statuses }) => statuses.includes(status))
        .map(async ({ id, method, path, body: sample }) => {
          // What is no token of ours is refused without the database.
          const body = id === 'refreshTokens' ? { refreshToken: admin.refreshToken } : sample;
          const answer = await service.call({ method, path, body, headers: bearer(admin.token) });
          return {
            id,
            status: answer.status,
            retryAfter: answer.headers['retry-after'],
            body: answer.body,
          };
        }),
    );

  for (const outage of ['cut', 'freeze'] as const) {
    it(`is 503 with Retry-After while the line is ${outage === 'cut' ? 'cut' : 'frozen'}`, async () => {
      proxy[outage]();
      for (const answer of await callAll(503)) {
        expect(answer, answer.id).to.include({ status: 503 });
        expect(answer.body).to.include({ code: 'unavailable' });
        expect(Number(answer.retryAfter)).to.be.at.least(1);
      }
      proxy.mend();
      expect((await service.call({ path: '/health/ready' })).status).to.equal(200);
    });
  }

  it('is 500 that tells nothing when something happens that nobody foresaw', async () => {
    await service.knex.raw('alter schema public rename to lost');
    for (const { id, status, body } of await callAll(500)) {
      expect(status, id).to.equal(500);
      expect(body).to.include({ code: 'internal_error', detail: 'Internal server error!' });
    }
  });
});

import { expect } from 'chai';
import { accessCookie } from '../../src/handlers/session-cookies.ts';
import { operations } from '../support/operations.ts';
import { createDatabase } from '../support/postgres.ts';
import { startProxy, type Proxy } from '../support/proxy.ts';
import { bearer, startService, type Service, type TestUser } from '../support/service.ts';

// Rules that every operation obeys. A new operation is tested as soon as the contract declares it.

const json = { 'content-type': 'application/json' };

describe('the operation', () => {
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
    it(`${id} refuses a query parameter that the contract does not declare`, async () => {
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
      const needed = roles.join(' and ');

      it(`${id} refuses a user without the role ${needed} before it checks the rest`, async () => {
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
      const send = async (sent: unknown, headers: object = json) => {
        const answer = await service.call({
          method,
          path,
          body: sent,
          headers: { ...bearer(admin.token), ...headers },
        });
        return answer.body as { errors?: unknown };
      };

      it(`${id} refuses a body that is not JSON`, async () => {
        expect(await send('{')).to.include({ status: 400, code: 'malformed_body' });
      });

      it(`${id} refuses a body that is a list`, async () => {
        expect(await send('[]')).to.include({ status: 400, code: 'validation_failed' });
      });

      it(`${id} refuses a body with an extra member`, async () => {
        const extra = await send({ ...body, colour: 'red' });
        expect(extra.errors).to.deep.include({
          path: '/body/colour',
          message: 'must NOT have additional properties',
        });
      });

      it(`${id} refuses a body of another media type`, async () => {
        expect(await send('<x/>', { 'content-type': 'text/xml' })).to.include({
          status: 415,
          code: 'unsupported_media_type',
        });
      });

      it(`${id} refuses a body that is too large`, async () => {
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
          // A refresh token that the service did not issue is refused without the database.
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
    const state = outage === 'cut' ? 'cut' : 'frozen';

    it(`answers 503 with Retry-After while the connection is ${state}`, async () => {
      proxy[outage]();
      for (const answer of await callAll(503)) {
        expect(answer, answer.id).to.include({ status: 503 });
        expect(answer.body).to.include({ code: 'unavailable' });
        expect(Number(answer.retryAfter)).to.be.at.least(1);
      }
      proxy.mend();
      expect((await service.asGuest.get('/health/ready')).status).to.equal(200);
    });
  }

  it('answers 500 without details when an unexpected error occurs', async () => {
    await service.knex.raw('alter schema public rename to lost');
    for (const { id, status, body } of await callAll(500)) {
      expect(status, id).to.equal(500);
      expect(body).to.include({ code: 'internal_error', detail: 'Internal server error!' });
    }
  });
});

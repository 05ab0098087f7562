import { expect } from 'chai';
import type { Received } from '../../../tools/service/http.ts';
import { askForReset, newPassword, post, reset, signIn, verify } from '../../support/mail.ts';
import {
  bearer,
  newCredentials,
  startService,
  type Service,
  type TestUser,
} from '../../support/service.ts';
import { startMailServer, type MailServer } from '../../support/smtp.ts';

interface Event {
  readonly id: number;
  readonly type: string;
  readonly actorId: number | null;
  readonly subjectId: number | null;
  readonly requestId: string | null;
  readonly ip: string | null;
  readonly occurredAt: string;
  readonly details: Record<string, unknown>;
}

/** What an admin is told, the newest first. */
async function read(
  service: Service,
  admin: TestUser,
  query = '',
): Promise<{ events: Event[]; nextCursor: string | null }> {
  const answer = await service.call({
    path: `/api/audit-events?${query}`,
    headers: bearer(admin.token),
  });
  expect(answer.status).to.equal(200);
  return answer.body as { events: Event[]; nextCursor: string | null };
}

describe('the audit', () => {
  let server: MailServer;
  let service: Service;
  let admin: TestUser;
  before(async () => {
    server = await startMailServer();
    service = await startService({ config: { smtpUrl: server.url } });
    admin = await service.newUser('admin');
  });
  after(async () => {
    await service.close();
    await server.close();
  });
  const change = (token: string, method: string, path: string, body?: object) =>
    service.call({ method, path, headers: bearer(token), ...(body && { body }) });

  it('tells everything that a user does, with who, to whom, from where, and by which request', async () => {
    const credentials = newCredentials();
    const answers: [string, Received][] = [
      ['signed_up', await post(service, 'signup', credentials)],
    ];
    const { id } = answers[0]![1].body.user as { id: number };
    const did = (type: string, answer: Received) => {
      expect(answer.status, type).to.be.below(300);
      answers.push([type, answer]);
      return answer.body as { accessToken: string; sessionId: string };
    };
    await service.outbox.run();
    did('email_verified', await verify(service, server.mails.at(-1)!.token));
    answers.push(['sign_in_failed', await signIn(service, { ...credentials, password: 'wrong' })]);
    const first = did('signed_in', await signIn(service, credentials));
    const second = did('signed_in', await signIn(service, credentials));
    did(
      'session_ended',
      await change(first.accessToken, 'DELETE', `/api/account/sessions/${second.sessionId}`),
    );
    did('signed_in', await signIn(service, credentials));
    did('sessions_ended', await change(first.accessToken, 'DELETE', '/api/account/sessions'));
    const { password: currentPassword } = credentials;
    did(
      'password_changed',
      await change(first.accessToken, 'PUT', '/api/account/password', {
        currentPassword,
        newPassword: 'violin harbour lantern',
      }),
    );
    did('signed_out', await change(first.accessToken, 'POST', '/api/auth/signout'));
    await askForReset(service, credentials.email);
    await service.outbox.run();
    did('password_reset', await reset(service, server.mails.at(-1)!.token));
    const last = did('signed_in', await signIn(service, { ...credentials, password: newPassword }));
    did(
      'user_deleted',
      await change(last.accessToken, 'DELETE', '/api/account', { password: newPassword }),
    );

    const { events, nextCursor } = await read(service, admin, `subjectId=${id}&limit=100`);
    expect(nextCursor).to.equal(null);
    const trail = events.reverse();
    expect(trail.map(({ type }) => type)).to.deep.equal(answers.map(([type]) => type));
    for (const [index, event] of trail.entries()) {
      expect(event.requestId).to.equal(answers[index]![1].headers['x-request-id']);
      expect(event).to.include({
        subjectId: id,
        actorId: event.type === 'sign_in_failed' ? null : id,
        ip: '127.0.0.1',
      });
      expect(Date.parse(event.occurredAt)).to.be.within(Date.now() - 60_000, Date.now());
    }
    const details = Object.fromEntries(trail.map((event) => [event.type, event.details]));
    expect(details['sign_in_failed']).to.deep.equal({ reason: 'wrong_password' });
    expect(details['session_ended']).to.deep.equal({ sessionId: second.sessionId });
    expect(details['user_deleted']).to.deep.equal({ username: credentials.username });
  });

  it('tells why a sign-in failed, as nobody else is told', async () => {
    const user = await service.newUser();
    const failed = async (body: Pick<TestUser, 'username' | 'password'>) => {
      const answer = await signIn(service, body);
      expect(answer.body).to.include({ status: 401, code: 'invalid_credentials' });
      const { events } = await read(service, admin, 'type=sign_in_failed&limit=1');
      expect(events[0]?.requestId).to.equal(answer.headers['x-request-id']);
      return events[0];
    };
    const unknown = { username: 'my secret passphrase', password: 'x' };
    expect(await failed(unknown)).to.deep.include({
      subjectId: null,
      details: { reason: 'unknown_user' },
    });
    expect(await failed({ ...user, password: 'x' })).to.deep.include({
      subjectId: user.id,
      details: { reason: 'wrong_password' },
    });
    await service.knex('users').where({ id: user.id }).update({ disabled_at: new Date() });
    expect(await failed(user)).to.deep.include({
      subjectId: user.id,
      details: { reason: 'disabled' },
    });
  });

  it('holds no secret, nor what was typed as the name of nobody', async () => {
    const text = JSON.stringify(await service.knex('audit_events'));
    const [session] = await service.knex('sessions').where({ user_id: admin.id });
    const secrets = [
      'my secret passphrase',
      admin.password,
      newPassword,
      admin.token,
      admin.refreshToken,
      ...server.mails.map(({ token }) => token),
    ];
    for (const secret of [...secrets, (session.refresh_salt as Buffer).toString('hex')])
      expect(text).not.to.contain(secret);
  });

  it('is read page by page, though events come meanwhile', async () => {
    const user = await service.newUser();
    for (let turn = 0; turn < 9; turn++) await signIn(service, { ...user, password: 'x' });
    const seen: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await read(
        service,
        admin,
        `subjectId=${user.id}&limit=4${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...page.events.map(({ id }) => id));
      cursor = page.nextCursor;
      await signIn(service, { ...user, password: 'x' });
    }
    expect(seen).to.have.lengthOf(11);
    expect(seen).to.deep.equal([...new Set(seen)].sort((left, right) => right - left));
  });

  it('is filtered by type, actor, subject and time', async () => {
    const user = await service.newUser();
    await change(user.token, 'POST', '/api/auth/signout');
    const all = (await read(service, admin, `actorId=${user.id}`)).events;
    expect(all.map(({ type }) => type)).to.deep.equal(['signed_out', 'signed_in', 'signed_up']);
    const typesOf = async (query: string) =>
      (await read(service, admin, `actorId=${user.id}&${query}`)).events.map(({ type }) => type);
    expect(await typesOf('type=signed_in')).to.deep.equal(['signed_in']);
    expect(await typesOf(`subjectId=${admin.id}`)).to.deep.equal([]);
    const [out, , up] = all.map(({ occurredAt }) => occurredAt);
    expect(await typesOf(`from=${out}`)).to.deep.equal(['signed_out']);
    expect(await typesOf(`to=${out}`)).to.deep.equal(['signed_in', 'signed_up']);
    expect(await typesOf(`from=${up}&to=${out}`)).to.deep.equal(['signed_in', 'signed_up']);
    expect(await typesOf(`from=${encodeURIComponent('2999-01-01T00:00:00+01:00')}`)).to.deep.equal(
      [],
    );
  });

  const refused: [string, string][] = [
    ['type=signed', '/query/type'],
    ['type=signed_in&type=signed_up', '/query/type'],
    ['actorId=0', '/query/actorId'],
    ['actorId=alice', '/query/actorId'],
    ['subjectId=1.5', '/query/subjectId'],
    ['subjectId=9007199254740993', '/query/subjectId'],
    ['from=yesterday', '/query/from'],
    ['to=2016-12-31T23:59:60Z', '/query/to'],
    ['to=2026-02-30T00:00:00Z', '/query/to'],
    ['to=2026-01-01T24:00:00Z', '/query/to'],
    ['to=2026-01-01T00:00:00%2B0100', '/query/to'],
    ['limit=0', '/query/limit'],
    ['limit=101', '/query/limit'],
    ['limit=', '/query/limit'],
    ['cursor=', '/query/cursor'],
    ['cursor=AAAA', '/query/cursor'],
    ['cursor=%00', '/query/cursor'],
    [`cursor=${'A'.repeat(201)}`, '/query/cursor'],
  ];
  for (const [query, path] of refused) {
    it(`refuses ?${query.slice(0, 60)}`, async () => {
      const answer = await service.call({
        path: `/api/audit-events?${query}`,
        headers: bearer(admin.token),
      });
      expect(answer.body).to.include({ status: 400, code: 'validation_failed' });
      expect((answer.body.errors as { path: string }[])[0]?.path).to.equal(path);
    });
  }
});

describe('what cannot be written into the audit', () => {
  it('does not happen', async () => {
    const service = await startService();
    const user = await service.newUser();
    await service.knex.raw('alter table audit_events rename to lost');
    const newcomer = newCredentials();
    const headers = bearer(user.token);
    const tries: [string, string, object | undefined][] = [
      ['POST', '/api/auth/signup', newcomer],
      ['POST', '/api/auth/signin', { username: user.username, password: user.password }],
      ['PUT', '/api/account/password', { currentPassword: user.password, newPassword }],
      ['DELETE', `/api/account/sessions/${user.sessionId}`, undefined],
      ['DELETE', '/api/account', { password: user.password }],
      ['POST', '/api/auth/signout', undefined],
    ];
    for (const [method, path, body] of tries) {
      expect(
        (await service.call({ method, path, headers, ...(body && { body }) })).status,
        path,
      ).to.equal(500);
    }
    await service.knex.raw('alter table lost rename to audit_events');
    expect(await service.repositories.users.findByUsername(newcomer.username)).to.equal(undefined);
    expect(await service.knex('sessions').where({ user_id: user.id }).count()).to.deep.equal([
      { count: 1 },
    ]);
    expect((await service.call({ path: '/api/account', headers })).status).to.equal(200);
    expect((await signIn(service, user)).status).to.equal(200);
    await service.close();
  });
});

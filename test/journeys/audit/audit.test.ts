import { expect } from 'chai';
import type { Received } from '../../../tools/service/http.ts';
import { askForReset, newPassword, reset, verify } from '../../support/mail.ts';
import {
  newCredentials,
  startService,
  type Service,
  type TestUser,
} from '../../support/service.ts';
import { startMailServer, type MailServer } from '../../support/smtp.ts';

interface Event {
  readonly type: string;
  readonly actorId: number | null;
  readonly subjectId: number | null;
  readonly requestId: string | null;
  readonly ip: string | null;
  readonly occurredAt: string;
  readonly details: Record<string, unknown>;
}

describe('the audit log', () => {
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
  /** One page of events as an admin reads it, the newest event first. */
  async function read(query: string): Promise<{ events: Event[]; nextCursor: string | null }> {
    const answer = await service.asUser(admin).get(`/api/audit-events?${query}`);
    expect(answer.status).to.equal(200);
    return answer.body as { events: Event[]; nextCursor: string | null };
  }

  describe('of all that a user can do', () => {
    const credentials = newCredentials();
    /** The type of the expected event, and the answer to the request. */
    const answers: [string, Received][] = [];
    let id: number;
    let ended: string;
    let trail: Event[];
    let nextCursor: string | null;
    const did = (type: string, answer: Received) => {
      expect(answer.status, type).to.be.below(300);
      answers.push([type, answer]);
      return answer.body as { user: { id: number }; accessToken: string; sessionId: string };
    };
    before(async () => {
      const signedUp = await service.asGuest.post('/api/auth/signup', credentials);
      ({ id } = did('signed_up', signedUp).user);
      await service.outbox.run();
      did('email_verified', await verify(service, server.mails.at(-1)!.token));
      const failed = await service.signIn({ ...credentials, password: 'wrong' });
      answers.push(['sign_in_failed', failed]);
      const first = did('signed_in', await service.signIn(credentials));
      const user = service.asUser(first.accessToken);
      ended = did('signed_in', await service.signIn(credentials)).sessionId;
      did('session_ended', await user.delete(`/api/account/sessions/${ended}`));
      did('signed_in', await service.signIn(credentials));
      did('sessions_ended', await user.delete('/api/account/sessions'));
      const passwords = {
        currentPassword: credentials.password,
        newPassword: 'violin harbour lantern',
      };
      const changed = did('password_changed', await user.put('/api/account/password', passwords));
      did('signed_out', await service.asUser(changed.accessToken).post('/api/auth/signout'));
      await askForReset(service, credentials.email);
      await service.outbox.run();
      did('password_reset', await reset(service, server.mails.at(-1)!.token));
      const signedIn = await service.signIn({ ...credentials, password: newPassword });
      const last = service.asUser(did('signed_in', signedIn).accessToken);
      did('user_deleted', await last.delete('/api/account', { password: newPassword }));

      const page = await read(`subjectId=${id}&limit=100`);
      trail = page.events.reverse();
      ({ nextCursor } = page);
    });

    it('has one event for each action, in order', () => {
      expect(nextCursor).to.equal(null);
      expect(trail.map(({ type }) => type)).to.deep.equal(answers.map(([type]) => type));
    });

    it('names the request, the actor, the subject, the address and the time', () => {
      for (const [index, event] of trail.entries()) {
        expect(event.requestId).to.equal(answers[index]![1].headers['x-request-id']);
        expect(event).to.include({
          subjectId: id,
          actorId: event.type === 'sign_in_failed' ? null : id,
          ip: '127.0.0.1',
        });
        expect(Date.parse(event.occurredAt)).to.be.within(Date.now() - 60_000, Date.now());
      }
    });

    it('names the failure of a sign-in, the ended session and the deleted user', () => {
      const details = Object.fromEntries(trail.map((event) => [event.type, event.details]));
      expect(details['sign_in_failed']).to.deep.equal({ reason: 'wrong_password' });
      expect(details['session_ended']).to.deep.equal({ sessionId: ended });
      expect(details['user_deleted']).to.deep.equal({ username: credentials.username });
    });
  });

  describe('of a failed sign-in, which the client cannot tell from others', () => {
    let user: TestUser;
    beforeEach(async () => {
      user = await service.newUser();
    });
    const failed = async (credentials: Pick<TestUser, 'username' | 'password'>) => {
      const answer = await service.signIn(credentials);
      expect(answer.body).to.include({ status: 401, code: 'invalid_credentials' });
      const { events } = await read('type=sign_in_failed&limit=1');
      expect(events[0]?.requestId).to.equal(answer.headers['x-request-id']);
      return events[0];
    };

    it('names an unknown user as the reason', async () => {
      expect(await failed({ username: 'my secret passphrase', password: 'x' })).to.deep.include({
        subjectId: null,
        details: { reason: 'unknown_user' },
      });
    });

    it('names a wrong password as the reason', async () => {
      expect(await failed({ ...user, password: 'x' })).to.deep.include({
        subjectId: user.id,
        details: { reason: 'wrong_password' },
      });
    });

    it('names a disabled user as the reason', async () => {
      await service.knex('users').where({ id: user.id }).update({ disabled_at: new Date() });
      expect(await failed(user)).to.deep.include({
        subjectId: user.id,
        details: { reason: 'disabled' },
      });
    });
  });

  it('holds no secret, and not the username of a sign-in as an unknown user', async () => {
    await service.signIn({ username: 'my secret passphrase', password: 'x' });
    await askForReset(service, (await service.newUser()).email);
    await service.outbox.run();
    await reset(service, server.mails.at(-1)!.token);
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
});

describe('an action whose audit event cannot be written', () => {
  const newcomer = newCredentials();
  let service: Service;
  let user: TestUser;
  let answers: [string, Received][];
  before(async () => {
    service = await startService();
    user = await service.newUser();
    const { username, password } = user;
    const change = { currentPassword: password, newPassword };
    const client = service.asUser(user);
    const session = `/api/account/sessions/${user.sessionId}`;
    await service.knex.raw('alter table audit_events rename to lost');
    answers = [
      ['sign-up', await client.post('/api/auth/signup', newcomer)],
      ['sign-in', await client.post('/api/auth/signin', { username, password })],
      ['password change', await client.put('/api/account/password', change)],
      ['end of a session', await client.delete(session)],
      ['deletion', await client.delete('/api/account', { password })],
      ['sign-out', await client.post('/api/auth/signout')],
    ];
    await service.knex.raw('alter table lost rename to audit_events');
  });
  after(() => service.close());

  it('is answered with status 500', () => {
    for (const [action, { status }] of answers) expect(status, action).to.equal(500);
  });

  it('creates no user', async () => {
    const found = await service.repositories.users.findByUsername(newcomer.username);
    expect(found).to.equal(undefined);
  });

  it('neither starts nor ends a session', async () => {
    expect(await service.knex('sessions').where({ user_id: user.id }).count()).to.deep.equal([
      { count: 1 },
    ]);
    expect((await service.asUser(user).get('/api/account')).status).to.equal(200);
  });

  it('changes no password', async () => {
    expect((await service.signIn(user)).status).to.equal(200);
  });
});

import { expect } from 'chai';
import {
  createClient,
  type ClientOptions,
  type RolegateError,
  type Tokens,
  type TokenStorage,
} from '../../src/client/index.ts';
import { queue } from '../../src/client/lock.ts';
import { memoryStorage } from '../../src/client/storage.ts';
import { startFront, type Front } from '../support/front.ts';
import { refusal } from '../support/refusal.ts';
import { startService, type Service } from '../support/service.ts';

const refresh = 'POST /api/auth/refresh';

describe('a client whose access token has expired', () => {
  let service: Service;
  let front: Front;
  let later = 0;
  before(async () => {
    service = await startService({ now: () => Date.now() + later });
    front = await startFront(service.url);
  });
  after(async () => {
    await front.close();
    await service.close();
  });
  /** The number of refresh requests since `before` of them had been made. */
  const refreshesSince = (before: number) => front.count(refresh) - before;
  async function signedIn(options: Partial<ClientOptions> = {}) {
    const { username, password, sessionId } = await service.newUser();
    const reasons: (RolegateError | null)[] = [];
    const onSignedOut = (reason: RolegateError | null) => reasons.push(reason);
    const client = createClient({ baseUrl: front.url, onSignedOut, ...options });
    await client.signIn({ username, password });
    return { client, reasons, sessionId, before: front.count(refresh) };
  }
  const expire = () => (later += 2 * 3_600_000);

  it('refreshes once for 50 simultaneous requests, and repeats them all', async () => {
    const { client, reasons, before } = await signedIn();
    expire();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => client.get('/api/test/user')),
    );
    expect(answers).to.deep.equal(Array(50).fill('User Content.'));
    expect(refreshesSince(before)).to.equal(1);
    expect(reasons).to.deep.equal([]);
  });

  it('repeats a change with its body and the new token, and it is made once', async () => {
    const { client } = await signedIn();
    expire();
    const body = {
      currentPassword: 'correct horse battery',
      newPassword: 'violin harbour lantern',
    };
    await client.put('/api/account/password', { body });
    const changed = await service.knex('audit_events').where({ type: 'password_changed' }).count();
    expect(changed).to.deep.equal([{ count: 1 }]);
  });

  it('shares one refresh with another client that has the same storage and lock', async () => {
    const storage = memoryStorage();
    const lock = queue();
    const { client, before } = await signedIn({ storage, lock });
    const other = createClient({ baseUrl: front.url, storage, lock });
    expire();
    const answers = await Promise.all([
      client.get('/api/test/user'),
      other.get('/api/test/user'),
      client.get('/api/test/user'),
    ]);
    expect(answers).to.deep.equal(Array(3).fill('User Content.'));
    expect(refreshesSince(before)).to.equal(1);
  });

  describe('and whose refresh is refused', () => {
    let storage: TokenStorage;
    let session: Awaited<ReturnType<typeof signedIn>>;
    let errors: RolegateError[];
    beforeEach(async () => {
      storage = memoryStorage();
      session = await signedIn({ storage });
      later += 8 * 86_400_000; // longer than a session may be idle
      errors = await Promise.all(
        Array.from({ length: 20 }, () => refusal(session.client.get('/api/test/user'))),
      );
    });

    it('throws the refusal from every request that waited for the refresh', () => {
      for (const error of errors)
        expect(error).to.include({ code: 'refresh_token_expired', status: 401 });
    });

    it('calls onSignedOut once, with the reason', () => {
      const codes = session.reasons.map((reason) => reason?.code);
      expect(codes).to.deep.equal(['refresh_token_expired']);
    });

    it('removes the tokens from its storage', async () => {
      expect(await storage.get()).to.equal(null);
    });

    it('asks for one refresh only', () => {
      expect(refreshesSince(session.before)).to.equal(1);
    });

    it('sends later requests without a token, and does not call onSignedOut again', async () => {
      expect((await refusal(session.client.get('/api/test/user'))).code).to.equal('token_missing');
      expect(session.reasons).to.have.lengthOf(1);
    });
  });

  it('throws the same refusal from a request that has read the tokens before', async () => {
    const storage = memoryStorage();
    const pending: Tokens[] = [];
    const { client, reasons } = await signedIn({
      storage: { ...storage, get: () => pending.shift() ?? storage.get() },
    });
    const { accessToken, refreshToken } = (await storage.get())!;
    later += 8 * 86_400_000;
    expect((await refusal(client.get('/api/test/user'))).code).to.equal('refresh_token_expired');
    pending.push({ accessToken, refreshToken }); // a read from before the removal
    expect((await refusal(client.get('/api/test/user'))).code).to.equal('refresh_token_expired');
    expect(reasons).to.have.lengthOf(1);
  });

  it('is signed out by the sign-out of another client on the same storage', async () => {
    const storage = memoryStorage();
    const { client, reasons } = await signedIn({ storage });
    const { accessToken, refreshToken } = (await storage.get())!;
    const slow: TokenStorage = { ...storage, get: () => pending.shift() ?? storage.get() };
    // A read from before the other client signed out.
    const pending: Tokens[] = [{ accessToken, refreshToken }];
    const other = createClient({
      baseUrl: front.url,
      storage: slow,
      onSignedOut: (reason) => reasons.push(reason),
    });
    await client.signOut();
    expect((await refusal(other.get('/api/test/user'))).code).to.equal('token_invalid');
    expect(reasons).to.deep.equal([null]);
  });

  it('can sign out', async () => {
    const { client, reasons } = await signedIn();
    expire();
    await client.signOut();
    const rows = await service
      .knex('audit_events')
      .where({ type: 'signed_out' })
      .orderBy('id', 'desc')
      .limit(1);
    expect(rows).to.have.lengthOf(1);
    expect(reasons).to.deep.equal([]);
  });

  it('keeps the tokens when the refresh cannot be sent, and works when it can again', async () => {
    const storage = memoryStorage();
    const { client, reasons } = await signedIn({ storage });
    expire();
    front.instead(({ url }, response) => url === '/api/auth/refresh' && !!response.destroy());
    await client.get('/api/test/user').then(
      () => expect.fail('the request was answered'),
      (error: unknown) => expect(error).to.include({ name: 'UnreachableError', status: null }),
    );
    expect(await storage.get()).not.to.equal(null);
    front.instead();
    expect(await client.get('/api/test/user')).to.equal('User Content.');
    expect(reasons).to.deep.equal([]);
  });

  // The contract promises that a repeated refresh returns the same tokens.
  it('repeats a refresh after a 503', async () => {
    const { client, before } = await signedIn();
    expire();
    let refused = 0;
    front.instead(({ url }, response) => {
      if (url !== '/api/auth/refresh' || refused++ > 0) return false;
      response.writeHead(503, { 'retry-after': '0' }).end();
      return true;
    });
    expect(await client.get('/api/test/user')).to.equal('User Content.');
    front.instead();
    expect(refreshesSince(before)).to.equal(2);
  });

  it('refreshes for other requests when one that waits for the tokens is aborted', async () => {
    const { client, before } = await signedIn();
    expire();
    let answerRefresh: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      front.instead(({ url }, response) => {
        if (url !== '/api/auth/refresh') return false;
        answerRefresh = () => response.writeHead(503, { 'retry-after': '0' }).end();
        resolve();
        return true;
      });
    });
    const controller = new AbortController();
    const aborted = client
      .get('/api/test/user', { signal: controller.signal })
      .catch((error: unknown) => error);
    const other = client.get('/api/test/user');
    await asked;
    controller.abort(new Error('changed my mind'));
    expect(await aborted).to.have.property('message', 'changed my mind');
    front.instead();
    answerRefresh();
    expect(await other).to.equal('User Content.');
    expect(refreshesSince(before)).to.equal(2);
  });
});

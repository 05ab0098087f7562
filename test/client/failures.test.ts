import { expect } from 'chai';
import {
  createClient,
  type ClientOptions,
  type Tokens,
  type TokenStorage,
} from '../../src/client/index.ts';
import { startFront, type Front, type Instead } from '../support/front.ts';
import { createDatabase } from '../support/postgres.ts';
import { startProxy, type Proxy } from '../support/proxy.ts';
import { failure, refusal, unreachable } from '../support/refusal.ts';
import { newCredentials, startService, type Service } from '../support/service.ts';

const read = 'GET /api/test/all';

/** Answers the first `times` requests with this. */
function first(times: number, status: number, headers: Record<string, string>, body = ''): Instead {
  let left = times;
  return (_, response) => {
    if (left-- <= 0) return false;
    response.writeHead(status, headers).end(body);
    return true;
  };
}

describe('a client and what can go wrong', () => {
  let service: Service;
  let front: Front;
  before(async () => {
    service = await startService();
    front = await startFront(service.url);
  });
  afterEach(() => {
    front.instead();
  });
  after(async () => {
    await front.close();
    await service.close();
  });
  const clientOf = (options: Partial<ClientOptions> = {}) =>
    createClient({ baseUrl: front.url, ...options });
  /** How many requests `work` made for this method and path. */
  async function counting(methodAndPath: string, work: () => Promise<unknown>): Promise<number> {
    const before = front.count(methodAndPath);
    await work();
    return front.count(methodAndPath) - before;
  }

  it('reads again after a 503, when it is told to come back', async () => {
    front.instead(first(2, 503, { 'retry-after': '0' }));
    expect(await counting(read, () => clientOf().get('/api/test/all'))).to.equal(3);
  });

  it('waits as long as it is told', async () => {
    front.instead(first(1, 503, { 'retry-after': '1' }));
    const start = performance.now();
    expect(await clientOf().get('/api/test/all')).to.equal('Public Content.');
    expect(performance.now() - start).to.be.at.least(990);
  });

  it('gives up after `retries`, and after a time that is too long or not told', async () => {
    const error503 = async (retryAfter: Record<string, string>, options = {}) => {
      front.instead(first(99, 503, retryAfter));
      return counting(read, () => unreachable(clientOf(options).get('/api/test/all')));
    };
    expect(await error503({ 'retry-after': '0' })).to.equal(3);
    expect(await error503({ 'retry-after': '0' }, { retries: 0 })).to.equal(1);
    expect(await error503({ 'retry-after': '31' })).to.equal(1);
    expect(await error503({})).to.equal(1);
    expect(await error503({ 'retry-after': 'Tue, 24 Nov 2026 12:00:00 GMT' })).to.equal(1);
  });

  it('does not send a change again after a 503, which may have come after the change', async () => {
    front.instead(first(1, 503, { 'retry-after': '0' }));
    const signUp = () => failure(clientOf().signUp(newCredentials()));
    expect(await counting('POST /api/auth/signup', signUp)).to.equal(1);
  });

  it('stops waiting when it is aborted', async () => {
    front.instead(first(99, 503, { 'retry-after': '30' }));
    const signal = AbortSignal.timeout(50);
    const error = await failure(clientOf().get('/api/test/all', { signal }));
    expect(error).to.have.property('name', 'TimeoutError');
    expect(error).to.equal(signal.reason);
    const aborted = await failure(clientOf().get('/api/test/all', { signal: AbortSignal.abort() }));
    expect(aborted.name).to.equal('AbortError');
  });

  it('is rejected with the reason when it is aborted in the middle of an answer', async () => {
    const controller = new AbortController();
    front.instead((_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' }).write('Pub');
      setTimeout(() => {
        controller.abort(new Error('enough'));
      }, 50);
      return true;
    });
    expect(
      (await failure(clientOf().get('/api/test/all', { signal: controller.signal }))).message,
    ).to.equal('enough');
  });

  for (const [status, type, body] of [
    [502, 'text/html', '<h1>Bad Gateway</h1>'],
    [500, 'application/json', '{"oops":true}'],
    [404, 'application/problem+json', '{"title":"Not Found"}'],
    [200, 'text/html', '<h1>Welcome to our Wi-Fi</h1>'],
    [200, 'application/json', '{"truncated":'],
  ] as const) {
    it(`tells ${status} with ${type} ${body} from an answer of the service`, async () => {
      front.instead(first(1, status, { 'content-type': type }, body));
      const error = await unreachable(clientOf().get('/api/account'));
      expect(error.status).to.equal(status);
      expect(error.message).to.equal(
        `Something answered with status ${status}, but not in the way of this service.`,
      );
    });
  }

  it('tells a network failure from an answer, with its cause', async () => {
    front.instead((_, response) => !!response.destroy());
    const error = await unreachable(clientOf().signUp(newCredentials()));
    expect(error).to.include({ message: 'The service cannot be reached.', status: null });
    expect(error.cause).to.be.instanceOf(TypeError);
    front.instead((_, response) => {
      response
        .writeHead(200, { 'content-type': 'text/plain', 'content-length': '15' })
        .write('Pub', () => response.destroy());
      return true;
    });
    expect(await unreachable(clientOf().get('/api/test/all'))).to.include({
      message: 'The answer broke off.',
      status: 200,
    });
  });

  it('keeps tokens in a storage that takes its time', async () => {
    let kept: Tokens | null = null;
    const later = <Value>(value: Value) =>
      new Promise<Value>((resolve) => setTimeout(resolve, 5, value));
    const storage: TokenStorage = {
      get: () => later(kept),
      set: (tokens) => later(undefined).then(() => void (kept = tokens)),
      remove: () => later(undefined).then(() => void (kept = null)),
    };
    const client = clientOf({ storage });
    await client.signIn(
      await service.newUser().then(({ username, password }) => ({ username, password })),
    );
    expect(await client.get('/api/test/user')).to.equal('User Content.');
    await client.signOut();
    expect(kept).to.equal(null);
  });

  it('passes on what a storage throws, as it is', async () => {
    const full = new Error('the quota is exceeded');
    const thrower = () => {
      throw full;
    };
    const { username, password } = await service.newUser();
    const cannotKeep = clientOf({
      storage: { get: () => null, set: thrower, remove: () => undefined },
    });
    expect(await failure(cannotKeep.signIn({ username, password }))).to.equal(full);
    const cannotRead = clientOf({ storage: { get: thrower, set: thrower, remove: thrower } });
    expect(await failure(cannotRead.get('/api/test/user'))).to.equal(full);
  });

  it('drops the tokens of a sign-out that could not be sent, and says that it could not', async () => {
    const client = clientOf();
    const { username, password } = await service.newUser();
    await client.signIn({ username, password });
    front.instead((_, response) => !!response.destroy());
    await unreachable(client.signOut());
    front.instead();
    expect((await refusal(client.get('/api/test/user'))).code).to.equal('token_missing');
  });

  it('uses the fetch that it is given', async () => {
    const seen: string[] = [];
    const client = clientOf({
      fetch: (request) => {
        seen.push(`${request.method} ${request.url}`);
        return fetch(request);
      },
    });
    await client.get('/health/live', { headers: { 'x-request-id': 'mine' } });
    expect(seen).to.deep.equal([`GET ${front.url}/health/live`]);
    // The line is written when the connection says that all was sent, which may be after the answer has come.
    while (!service.log().some(({ requestId }) => requestId === 'mine'))
      await new Promise((resolve) => setTimeout(resolve, 5));
  });
});

describe('a client while the database is away', () => {
  let proxy: Proxy;
  let service: Service;
  before(async () => {
    proxy = await startProxy(await createDatabase());
    service = await startService({ databaseUrl: proxy.url, silenceLimit: 500 });
  });
  after(async () => {
    await service.close();
    await proxy.close();
  });

  it('waits for it with reads, and hands the 503 of a change to the caller', async () => {
    const client = createClient({ baseUrl: service.url });
    const { username, password } = await service.newUser();
    await client.signIn({ username, password });
    proxy.cut();
    const error = await refusal(client.signUp(newCredentials()));
    expect(error).to.include({ code: 'unavailable', status: 503, retryAfter: 2 });
    const answer = client.get('/api/test/user');
    setTimeout(() => {
      proxy.mend();
    }, 500);
    expect(await answer).to.equal('User Content.');
  });
});

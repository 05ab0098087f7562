import { expect } from 'chai';
import {
  createClient,
  type Client,
  type ClientOptions,
  type Tokens,
  type TokenStorage,
} from '../../src/client/index.ts';
import { startFront, type Front, type Instead } from '../support/front.ts';
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

describe('a client', () => {
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

  it('repeats a read after a 503 with Retry-After', async () => {
    front.instead(first(2, 503, { 'retry-after': '0' }));
    expect(await counting(read, () => clientOf().get('/api/test/all'))).to.equal(3);
  });

  it('waits as long as Retry-After demands', async () => {
    front.instead(first(1, 503, { 'retry-after': '1' }));
    const start = performance.now();
    expect(await clientOf().get('/api/test/all')).to.equal('Public Content.');
    expect(performance.now() - start).to.be.at.least(990);
  });

  /** How many requests it makes until it gives up. */
  const triesAt503 = async (retryAfter: Record<string, string>, options = {}) => {
    front.instead(first(99, 503, retryAfter));
    return counting(read, () => unreachable(clientOf(options).get('/api/test/all')));
  };

  it('gives up a read after two repetitions by default', async () => {
    expect(await triesAt503({ 'retry-after': '0' })).to.equal(3);
  });

  it('repeats no read with `retries: 0`', async () => {
    expect(await triesAt503({ 'retry-after': '0' }, { retries: 0 })).to.equal(1);
  });

  it('repeats no read when Retry-After is longer than 30 seconds', async () => {
    expect(await triesAt503({ 'retry-after': '31' })).to.equal(1);
  });

  it('repeats no read without a Retry-After in seconds', async () => {
    expect(await triesAt503({})).to.equal(1);
    expect(await triesAt503({ 'retry-after': 'Tue, 24 Nov 2026 12:00:00 GMT' })).to.equal(1);
  });

  // The service may have made the change before the 503.
  it('does not repeat a change after a 503', async () => {
    front.instead(first(1, 503, { 'retry-after': '0' }));
    const signUp = () => failure(clientOf().signUp(newCredentials()));
    expect(await counting('POST /api/auth/signup', signUp)).to.equal(1);
  });

  it('stops waiting for a repetition when its signal times out', async () => {
    front.instead(first(99, 503, { 'retry-after': '30' }));
    const signal = AbortSignal.timeout(50);
    const error = await failure(clientOf().get('/api/test/all', { signal }));
    expect(error).to.have.property('name', 'TimeoutError');
    expect(error).to.equal(signal.reason);
  });

  it('throws an AbortError when its signal was aborted before the request', async () => {
    front.instead(first(99, 503, { 'retry-after': '30' }));
    const aborted = await failure(clientOf().get('/api/test/all', { signal: AbortSignal.abort() }));
    expect(aborted.name).to.equal('AbortError');
  });

  it('throws the reason of its signal when it is aborted in the middle of an answer', async () => {
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
    it(`throws an UnreachableError at ${status} with ${type} ${body}`, async () => {
      front.instead(first(1, status, { 'content-type': type }, body));
      const error = await unreachable(clientOf().get('/api/account'));
      expect(error.status).to.equal(status);
      expect(error.message).to.equal(`The answer (status ${status}) is not from this service.`);
    });
  }

  it('throws an UnreachableError with its cause when the network fails', async () => {
    front.instead((_, response) => !!response.destroy());
    const error = await unreachable(clientOf().signUp(newCredentials()));
    expect(error).to.include({ message: 'The service cannot be reached.', status: null });
    expect(error.cause).to.be.instanceOf(TypeError);
  });

  it('throws an UnreachableError with the status when an answer breaks off', async () => {
    front.instead((_, response) => {
      response
        .writeHead(200, { 'content-type': 'text/plain', 'content-length': '15' })
        .write('Pub', () => response.destroy());
      return true;
    });
    expect(await unreachable(clientOf().get('/api/test/all'))).to.include({
      message: 'The answer was cut off.',
      status: 200,
    });
  });

  describe('with a slow storage', () => {
    let kept: Tokens | null = null;
    const later = <Value>(value: Value) =>
      new Promise<Value>((resolve) => setTimeout(resolve, 5, value));
    const storage: TokenStorage = {
      get: () => later(kept),
      set: (tokens) => later(undefined).then(() => void (kept = tokens)),
      remove: () => later(undefined).then(() => void (kept = null)),
    };
    let client: Client;
    beforeEach(async () => {
      client = clientOf({ storage });
      const { username, password } = await service.newUser();
      await client.signIn({ username, password });
    });

    it('waits for the tokens before it sends a request', async () => {
      expect(await client.get('/api/test/user')).to.equal('User Content.');
    });

    it('has removed the tokens when its sign-out resolves', async () => {
      await client.signOut();
      expect(kept).to.equal(null);
    });
  });

  describe('with a storage that throws', () => {
    const full = new Error('the quota is exceeded');
    const thrower = () => {
      throw full;
    };

    it('passes on the error of a write unchanged', async () => {
      const { username, password } = await service.newUser();
      const client = clientOf({
        storage: { get: () => null, set: thrower, remove: () => undefined },
      });
      expect(await failure(client.signIn({ username, password }))).to.equal(full);
    });

    it('passes on the error of a read unchanged', async () => {
      const client = clientOf({ storage: { get: thrower, set: thrower, remove: thrower } });
      expect(await failure(client.get('/api/test/user'))).to.equal(full);
    });
  });

  it('drops the tokens and throws an UnreachableError when a sign-out cannot be sent', async () => {
    const client = clientOf();
    const { username, password } = await service.newUser();
    await client.signIn({ username, password });
    front.instead((_, response) => !!response.destroy());
    await unreachable(client.signOut());
    front.instead();
    expect((await refusal(client.get('/api/test/user'))).code).to.equal('token_missing');
  });

  it('sends requests and their headers through the fetch of its options', async () => {
    const seen: string[] = [];
    const client = clientOf({
      fetch: (request) => {
        seen.push(`${request.method} ${request.url}`);
        return fetch(request);
      },
    });
    await client.get('/health/live', { headers: { 'x-request-id': 'mine' } });
    expect(seen).to.deep.equal([`GET ${front.url}/health/live`]);
    // The service logs a request when its answer is fully sent. The answer may arrive here earlier.
    while (!service.log().some(({ requestId }) => requestId === 'mine'))
      await new Promise((resolve) => setTimeout(resolve, 5));
  });
});

import { expect } from 'chai';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readRival } from '../../../tools/bench/servers/against.ts';
import { createHttpClient, NoAnswer } from '../../../tools/bench/runner/http.ts';
import { repeat } from '../../../tools/bench/runner/load.ts';
import { timeBetween } from '../../../tools/bench/runner/usage.ts';
import { measureScenario, stepsOf, type Scenario } from '../../../tools/bench/runner/rounds.ts';

describe('the runner of npm run bench', () => {
  it('warms up each server, and reverses their order in every other round', async () => {
    const turns: string[] = [];
    const targets = ['a', 'b', 'c'].map((name) => ({
      measure(seconds: number) {
        turns.push(seconds === 1 ? name : `${name} warms up for ${seconds}`);
        return Promise.resolve({ [name]: { turn: turns.length } });
      },
    }));
    const scenario: Scenario = {
      name: 'turns',
      about: '',
      targets,
      columns: [],
      rounds: 3,
      seconds: 1,
      warmUp: 9,
    };
    let steps = 0;
    const { rounds } = await measureScenario(scenario, () => (steps += 1));
    expect(turns.join(', ')).to.equal(
      'a warms up for 9, b warms up for 9, c warms up for 9, a, b, c, c, b, a, a, b, c',
    );
    expect(rounds.map((round) => Object.keys(round).join(''))).to.deep.equal(['abc', 'abc', 'abc']);
    expect(rounds[1]).to.deep.equal({ a: { turn: 9 }, b: { turn: 8 }, c: { turn: 7 } });
    expect(steps).to.equal(stepsOf(scenario));
  });

  it('waits for running requests when the time has passed, and counts them', async () => {
    let sent = 0;
    let under = 0;
    const done = await repeat(
      3,
      () => sent >= 7,
      async () => {
        sent += 1;
        under += 1;
        await Promise.resolve();
        under -= 1;
      },
    );
    expect(done.answers).to.equal(sent);
    expect(under).to.equal(0);
  });

  it('fails when one of several connections fails, after the others have finished', async () => {
    let others = 0;
    const send = (connection: number) => {
      if (connection === 0) return Promise.reject(new Error('refused'));
      others += 1;
      return Promise.resolve();
    };
    const outcome = await repeat(2, () => others >= 5, send).catch((error: unknown) => error);
    expect(outcome).to.be.an('error').with.property('message', 'refused');
    expect(others).to.equal(5);
  });

  it('sends a request again when its connection was closed meanwhile', async () => {
    const asked: string[] = [];
    await withServer(
      (request, response) => {
        asked.push(request.url!);
        if (asked.length === 2) request.socket.resetAndDestroy();
        else response.end('here');
      },
      async (url) => {
        const { ask, close } = createHttpClient(url);
        await ask({ method: 'GET', path: '/first' });
        expect(await ask({ method: 'GET', path: '/second' })).to.include({
          status: 200,
          body: 'here',
        });
        close();
      },
    );
    expect(asked).to.deep.equal(['/first', '/second', '/second']);
  });

  it('distinguishes a refusal from a missing answer', async () => {
    await withServer(
      (request, response) => {
        if (request.url === '/refused') response.writeHead(403).end('not you');
      },
      async (url) => {
        const { ask, close } = createHttpClient(url, 20);
        const failureAt = (path: string) =>
          ask({ method: 'GET', path }).catch((error: unknown) => error);
        expect(await failureAt('/refused'))
          .to.be.an('error')
          .with.property('message')
          .that.includes('403: not you');
        expect(await failureAt('/silent')).to.be.an.instanceOf(NoAnswer);
        close();
      },
    );
  });

  it('counts the time of new database connections, and ignores ended connections', () => {
    const before = new Map([
      [1, 10],
      [2, 500],
    ]);
    const after = new Map([
      [1, 15],
      [3, 7],
    ]);
    expect(timeBetween(before, after)).to.equal(12);
    expect(timeBetween(null, new Map())).to.equal(null);
  });

  it('reads an adapter by its name alone, or with its URL, pid and database', () => {
    expect(readRival('better-auth')).to.deep.equal({
      adapter: 'better-auth',
      url: null,
      pid: null,
      databaseUrl: null,
    });
    expect(
      readRival(
        'tutorial=http://127.0.0.1:8081/,pid=12,database=postgres://u:p@h/d?sslmode=disable',
      ),
    ).to.deep.equal({
      adapter: 'tutorial',
      url: 'http://127.0.0.1:8081',
      pid: 12,
      databaseUrl: 'postgres://u:p@h/d?sslmode=disable',
    });
  });

  it('refuses a wrong server to compare with, and says why', () => {
    for (const [text, why] of [
      ['nothing=http://127.0.0.1', 'must begin with one of'],
      ['tutorial', 'Add its URL'],
      ['tutorial=127.0.0.1:8081', 'must begin with http://'],
      ['tutorial=http://127.0.0.1,pid=0', 'pid must be'],
      ['tutorial=http://127.0.0.1,colour=red', 'not colour'],
    ] as const) {
      expect(() => readRival(text), text).to.throw(why);
    }
  });
});

async function withServer(
  answer: RequestListener,
  work: (url: string) => Promise<void>,
): Promise<void> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

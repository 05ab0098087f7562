import { expect } from 'chai';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readRival } from '../../../tools/bench/servers/against.ts';
import { drawChart } from '../../../tools/bench/results/chart.ts';
import { judge } from '../../../tools/bench/results/goals.ts';
import { createHttpClient, NoAnswer } from '../../../tools/bench/runner/http.ts';
import { repeat } from '../../../tools/bench/runner/load.ts';
import { formatScenario } from '../../../tools/bench/results/report.ts';
import {
  measureScenario,
  ratiosOf,
  stepsOf,
  type Measured,
  type Round,
  type Scenario,
} from '../../../tools/bench/runner/rounds.ts';
import { quantile } from '../../../tools/statistics.ts';
import { timeBetween } from '../../../tools/bench/runner/usage.ts';

const machine = {
  processor: 'a processor',
  cores: 2,
  memoryGiB: 8,
  system: 'a system',
  versions: { node: '20.19.0' },
};

function measured(name: string, rounds: readonly Round[]): Measured {
  return { name, about: 'as it is', columns: [], seconds: 1, rounds };
}

/** Rounds of two servers, by their figures. */
function roundsOf(...figures: readonly [number, number][]): Round[] {
  return figures.map(([mine, theirs]) => ({
    rolegate: { perSecond: mine },
    'bare Express': { perSecond: theirs },
  }));
}

describe('npm run bench', () => {
  it('reverses the order of the servers in every other round, after each has warmed up', async () => {
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

  it('takes ratios within a round, and none where a reading is missing', () => {
    const rounds = [
      ...roundsOf([10, 5], [30, 10]),
      { rolegate: { perSecond: null }, 'bare Express': { perSecond: 1 } },
    ];
    const [mine, theirs] = [
      ['rolegate', 'perSecond'] as const,
      ['bare Express', 'perSecond'] as const,
    ];
    expect(ratiosOf(rounds, mine, theirs)).to.deep.equal([2, 3]);
    expect(ratiosOf(rounds, mine, theirs, mine), 'over the mean of two').to.deep.equal([
      10 / 7.5,
      30 / 20,
    ]);
  });

  it('interpolates quantiles between their neighbours', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).to.equal(2.5);
    expect(quantile([1, 2, 3, 4, 5], 1)).to.equal(5);
    expect(quantile([7], 0.99)).to.equal(7);
  });

  it('shows the median, the range, and how a row compares', () => {
    const compare = {
      with: (row: string) => (row === 'rolegate' ? 'bare Express' : null),
      way: 'over',
    } as const;
    const columns = [
      { label: 'requests', metric: 'perSecond', digits: 1 },
      { label: '× bare', metric: 'perSecond', digits: 2, compare },
      { label: 'never measured', metric: 'cpu', digits: 0 },
    ];
    const rounds = roundsOf([10, 20], [30, 20], [20, 20]);
    expect(
      formatScenario({ ...measured('reads', rounds), columns })
        .split('\n')
        .slice(2),
    ).to.deep.equal([
      'reads                  requests             × bare',
      'rolegate       20.0 (10.0–30.0)   1.00 (0.50–1.50)',
      'bare Express   20.0 (20.0–20.0)                  -',
    ]);
  });

  it('judges a goal by the median of its ratios, and tells nothing of what was not measured', () => {
    const verdicts = judge([measured('getAdminContent', roundsOf([30, 10], [20, 10], [50, 10]))]);
    const goal = 'getAdminContent: at least 2.5 × bare Express';
    expect(verdicts).to.deep.equal([{ goal, median: 3, spread: [2, 5], reached: true }]);
    expect(judge([measured('getAdminContent', roundsOf([20, 10]))])[0]?.reached).to.equal(false);
    expect(judge([])).to.deep.equal([]);
  });

  it('waits for what is on its way when the time is over, and counts it', async () => {
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

  it('fails when one of several connections does, once the others are through', async () => {
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

  it('sends again what met a connection that was closed meanwhile', async () => {
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

  it('tells a refusal from an answer that does not come', async () => {
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

  it('counts what new connections of the database took, and not what ended ones had taken', () => {
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

  it('reads what to compare with', () => {
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
    for (const [text, why] of [
      ['nothing=http://127.0.0.1', 'must begin with one of'],
      ['tutorial', 'Say where it listens'],
      ['tutorial=127.0.0.1:8081', 'must begin with http://'],
      ['tutorial=http://127.0.0.1,pid=0', 'pid must be'],
      ['tutorial=http://127.0.0.1,colour=red', 'not colour'],
    ] as const) {
      expect(() => readRival(text), text).to.throw(why);
    }
  });

  it('draws a bar for each server, as long as its figure is beside the others', () => {
    const svg = drawChart(
      [measured('getPublicContent', roundsOf([200, 100], [200, 100]))],
      machine,
      '2026-01-01',
    );
    const widths = [...svg.matchAll(/<rect class="bar[^>]* width="([\d.]+)"/g)].map(([, width]) =>
      Number(width),
    );
    expect(widths).to.have.length(2);
    expect(widths[0]).to.be.closeTo(2 * widths[1]!, 0.2);
    expect(svg)
      .to.include('>rolegate</text>')
      .and.to.include('>200</text>')
      .and.to.include('2026-01-01');
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

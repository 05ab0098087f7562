import { expect } from 'chai';
import { drawChart } from '../../../tools/bench/results/chart.ts';
import { judge } from '../../../tools/bench/results/goals.ts';
import { formatScenario } from '../../../tools/bench/results/report.ts';
import { ratiosOf, type Measured, type Round } from '../../../tools/bench/runner/rounds.ts';
import { quantile } from '../../../tools/statistics.ts';

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

describe('the results of npm run bench', () => {
  const chart = () =>
    drawChart(
      [measured('getPublicContent', roundsOf([200, 100], [200, 100]))],
      machine,
      '2026-01-01',
    );

  it('computes ratios within a round, and skips rounds with a missing reading', () => {
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

  it('prints the median, the range, and the comparison of each row', () => {
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

  it('judges a goal by the median of its ratios', () => {
    const verdicts = judge([measured('getAdminContent', roundsOf([30, 10], [20, 10], [50, 10]))]);
    const goal = 'getAdminContent: at least 2.5 × bare Express';
    expect(verdicts).to.deep.equal([{ goal, median: 3, spread: [2, 5], reached: true }]);
    expect(judge([measured('getAdminContent', roundsOf([20, 10]))])[0]?.reached).to.equal(false);
  });

  it('gives no verdict on a goal that was not measured', () => {
    expect(judge([])).to.deep.equal([]);
  });

  it('draws a bar for each server, in proportion to its figure', () => {
    const svg = chart();
    const widths = [...svg.matchAll(/<rect class="bar[^>]* width="([\d.]+)"/g)].map(([, width]) =>
      Number(width),
    );
    expect(widths).to.have.length(2);
    expect(widths[0]).to.be.closeTo(2 * widths[1]!, 0.2);
  });

  it('writes the name, the figure and the date into the chart', () => {
    const svg = chart();
    expect(svg)
      .to.include('>rolegate</text>')
      .and.to.include('>200</text>')
      .and.to.include('2026-01-01');
  });
});

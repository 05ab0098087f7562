// The performance goals of the service. Each goal is a ratio of two readings of the same round, and
// its median decides. A goal is omitted when one of its readings was not measured.

import { ratiosOf, type Measured, type Reading } from '../runner/rounds.ts';
import { nativeAlone } from '../scenarios/sign-in.ts';
import { stormRow } from '../scenarios/storm.ts';
import { median, spread } from '../../statistics.ts';

interface Goal {
  readonly text: string;
  readonly scenario: string;
  readonly over: Reading;
  /** The mean of several readings. */
  readonly under: readonly Reading[];
  readonly least?: number;
  readonly most?: number;
}

export interface Verdict {
  readonly goal: string;
  readonly median: number;
  readonly spread: readonly [number, number];
  readonly reached: boolean;
}

const perSecond = (row: string) => [row, 'perSecond'] as const;
const p99 = (situation: 'quiet' | 'in the storm') =>
  [stormRow('rolegate', 'getAdminContent', situation), 'p99'] as const;

function faster(scenario: string, other: string, least: number): Goal {
  const text = `${scenario}: at least ${least} × ${other}`;
  return { text, scenario, over: perSecond('rolegate'), under: [perSecond(other)], least };
}

/**
 * Compares processor time, which other programs disturb least, with the mean of both servers with
 * 10 paths.
 */
function pathsCost(kind: string): Goal {
  return {
    text: `paths, ${kind}: with 100 at most 1.05 × the CPU of 10`,
    scenario: `paths, ${kind}`,
    over: ['100 paths', 'cpu'],
    under: [
      ['10 paths', 'cpu'],
      ['10 paths again', 'cpu'],
    ],
    most: 1.05,
  };
}

const goals: readonly Goal[] = [
  faster('getAdminContent', 'bare Express', 2.5),
  faster('getAdminContent', 'tutorial', 25),
  faster('getPublicContent', 'tutorial', 4),
  faster('signIn', nativeAlone, 0.95),
  faster('signIn', 'tutorial', 3),
  pathsCost('literal'),
  pathsCost('parameter'),
  {
    text: 'storm: p99 of getAdminContent at most 3 × quiet',
    scenario: 'storm',
    over: p99('in the storm'),
    under: [p99('quiet')],
    most: 3,
  },
];

export function judge(measured: readonly Measured[]): Verdict[] {
  return goals.flatMap(({ text, scenario, over, under, least = 0, most = Infinity }) => {
    const rounds = measured.find(({ name }) => name === scenario)?.rounds ?? [];
    const ratios = ratiosOf(rounds, over, ...under);
    if (ratios.length === 0) return [];
    const middle = median(ratios);
    return [
      {
        goal: text,
        median: middle,
        spread: spread(ratios),
        reached: middle >= least && middle <= most,
      },
    ];
  });
}

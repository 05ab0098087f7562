// Measures a scenario in rounds. In each round every target has a turn. Every other round reverses
// the order, so that changes of the machine's speed affect all targets alike. Comparisons are made
// within a round.

/** By the metric's name; `null` when it cannot be measured. */
export type Readings = Readonly<Record<string, number | null>>;
/** By the row's name. */
export type Round = Readonly<Record<string, Readings>>;

export interface Target {
  /** @returns the readings of one row, or of several */
  measure(seconds: number): Promise<Round>;
}

/** A column of a table: a metric, or its ratio to another row of the same round. */
export interface Column {
  readonly label: string;
  readonly metric: string;
  readonly digits: number;
  /** Absent: the column shows the metric itself. */
  readonly compare?: Comparison;
}

export interface Comparison {
  /** Returns the row to compare a row with, or `null` for none. */
  readonly with: (row: string) => string | null;
  /** `over`: this row over the other. `under`: the other row over this one. */
  readonly way: 'over' | 'under';
}

export interface Scenario {
  readonly name: string;
  /** A short description of the load. */
  readonly about: string;
  readonly targets: readonly Target[];
  readonly columns: readonly Column[];
  readonly rounds: number;
  /** Seconds of each measurement. */
  readonly seconds: number;
  /** Seconds of the warm-up, in which the code is compiled. By default, half of `seconds`. */
  readonly warmUp?: number;
}

export interface Measured extends Omit<Scenario, 'targets' | 'rounds' | 'warmUp'> {
  readonly rounds: readonly Round[];
}

/** The number of calls of `onStep` in `measureScenario`. */
export function stepsOf({ targets, rounds }: Scenario): number {
  return targets.length * (rounds + 1);
}

/**
 * Measures all rounds, after one warm-up turn of each target.
 * @param onStep called after each turn; an error that it throws ends the run
 */
export async function measureScenario(scenario: Scenario, onStep: () => void): Promise<Measured> {
  const { targets, rounds: count, warmUp = scenario.seconds / 2, ...rest } = scenario;
  for (const target of targets) {
    await target.measure(warmUp);
    onStep();
  }
  const rounds: Round[] = [];
  for (let number = 0; number < count; number += 1) {
    const rows = new Map<Target, Round>();
    for (const target of number % 2 === 1 ? targets.toReversed() : targets) {
      rows.set(target, await target.measure(rest.seconds));
      onStep();
    }
    // In the order of the targets, not of their turns.
    rounds.push(Object.assign({}, ...targets.map((target) => rows.get(target))) as Round);
  }
  return { ...rest, rounds };
}

/** Identifies one value of a round. */
export type Reading = readonly [row: string, metric: string];

/**
 * The ratio of a reading to another one, or to the mean of others, for each round that has all of
 * them.
 */
export function ratiosOf(
  rounds: readonly Round[],
  over: Reading,
  ...under: readonly Reading[]
): number[] {
  return rounds.flatMap((round) => {
    const [upper, ...lower] = [over, ...under].map(([row, metric]) => round[row]?.[metric] ?? NaN);
    const ratio =
      ((upper ?? NaN) * lower.length) / lower.reduce((sum, reading) => sum + reading, 0);
    return Number.isNaN(ratio) ? [] : [ratio];
  });
}

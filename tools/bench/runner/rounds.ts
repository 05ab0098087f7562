// A scenario is measured in rounds. In each, every target has its turn, in an order that is reversed in every other round, so that the machine's
// moods touch all alike; what is compared is compared within a round.

/** By the metric's name; null where it cannot be told. */
export type Readings = Readonly<Record<string, number | null>>;
/** By the row's name. */
export type Round = Readonly<Record<string, Readings>>;

export interface Target {
  /** @returns the readings of one row, or of several */
  measure(seconds: number): Promise<Round>;
}

/** One column of a table: what is read, or how it compares with another row of the same round. */
export interface Column {
  readonly label: string;
  readonly metric: string;
  readonly digits: number;
  /** How two rows compare. Absent: no comparison. */
  readonly compare?: Comparison;
}

export interface Comparison {
  /** Which row a row is compared with; null: with none. */
  readonly with: (row: string) => string | null;
  /** Over the other row, or the other row over this one. */
  readonly way: 'over' | 'under';
}

export interface Scenario {
  readonly name: string;
  /** What is done, in a few words. */
  readonly about: string;
  readonly targets: readonly Target[];
  readonly columns: readonly Column[];
  readonly rounds: number;
  /** Seconds of each measurement. */
  readonly seconds: number;
  /** Seconds before the first one, until the code is compiled; half a measurement by default. */
  readonly warmUp?: number;
}

export interface Measured extends Omit<Scenario, 'targets' | 'rounds' | 'warmUp'> {
  readonly rounds: readonly Round[];
}

/** How many times `onStep` of `measureScenario` is called. */
export function stepsOf({ targets, rounds }: Scenario): number {
  return targets.length * (rounds + 1);
}

/**
 * After one turn for each that counts for nothing.
 * @param onStep called after each turn; what it throws ends the measuring
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
    // In the targets' order, whatever the order of their turns was.
    rounds.push(Object.assign({}, ...targets.map((target) => rows.get(target))) as Round);
  }
  return { ...rest, rounds };
}

/** Which one of a round. */
export type Reading = readonly [row: string, metric: string];

/** A reading over another one, or over the mean of others, of each round in which all are there. */
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

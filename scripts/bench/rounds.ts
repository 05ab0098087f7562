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
}

export interface Measured extends Omit<Scenario, 'targets' | 'rounds'> {
  readonly rounds: readonly Round[];
}

/** How many times `onStep` of `measureScenario` is called. */
export function stepsOf({ targets, rounds }: Scenario): number {
  return targets.length * (rounds + 1);
}

/**
 * After one shorter turn for each, until the code is compiled.
 * @param onStep called after each turn; what it throws ends the measuring
 */
export async function measureScenario(scenario: Scenario, onStep: () => void): Promise<Measured> {
  const { targets, rounds: count, ...rest } = scenario;
  for (const target of targets) {
    await target.measure(rest.seconds / 2);
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

/** Of each round in which both readings are there. */
export function ratiosOf(rounds: readonly Round[], over: readonly [string, string], under: readonly [string, string]): number[] {
  return rounds.flatMap((round) => {
    const [upper, lower] = [over, under].map(([row, metric]) => round[row]?.[metric] ?? null);
    return upper == null || lower == null ? [] : [upper / lower];
  });
}

/**
 * The z score of the Mann-Whitney U test. 0 means that the samples are alike. By chance, |z| is
 * over 3.9 only once in ten thousand.
 */
export function rankSumZ(first: readonly number[], second: readonly number[]): number {
  const ranked = [
    ...first.map((value) => ({ value, mine: true })),
    ...second.map((value) => ({ value, mine: false })),
  ].sort((left, right) => left.value - right.value);
  const [n, m] = [first.length, second.length];
  const rankSum = ranked.reduce((sum, { mine }, index) => sum + (mine ? index + 1 : 0), 0);
  const u = rankSum - (n * (n + 1)) / 2;
  return (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
}

// How much slower this machine is now than an idle one, so that tests which need a bound on a
// duration also pass on a busy machine.

/**
 * Wall-clock time divided by processor time, for work that only computes: 1 on an idle machine, 3
 * when two other processes compete for the core. Call it while this process does nothing else:
 * `expect(took).to.be.below(1_000 * slowness())`.
 */
export function slowness(): number {
  const work = 30; // milliseconds of processor time
  const begin = performance.now();
  const cpu = process.cpuUsage();
  let used = 0;
  while (used < work) {
    for (let count = 0; count < 10_000; count++) Math.sqrt(count);
    const { user, system } = process.cpuUsage(cpu);
    used = (user + system) / 1_000;
  }
  return Math.max(1, (performance.now() - begin) / used);
}

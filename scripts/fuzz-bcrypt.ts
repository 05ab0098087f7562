// npm run fuzz:bcrypt [-- --seed <n> --hashes <n> --comparisons <n>]: exits with 1 when our bcrypt
// and the libraries differ. tools/fuzz/fuzz-bcrypt.ts does the work.

import { parseArgs } from 'node:util';
import { fuzzBcrypt } from '../tools/fuzz/fuzz-bcrypt.ts';
import { format } from '../tools/progress.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { seed: text, hashes: text, comparisons: text } });
const {
  seed = Math.floor(Math.random() * 2 ** 31),
  hashes = 5_000,
  comparisons = 10_000,
} = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, number(name, value)]));

console.log(`seed ${seed}`);
const counts = await fuzzBcrypt({ seed, hashes, comparisons, output: process.stderr });
const { rightPasswords, wrongPasswords, differences } = counts;
console.log(
  `${format(counts.hashes)} hashes and ${format(rightPasswords + wrongPasswords)} comparisons ` +
    `(${format(rightPasswords)} with the right password, ${format(wrongPasswords)} with a wrong ` +
    `one), ${differences.length} differences from bcryptjs and @node-rs/bcrypt`,
);
for (const difference of differences) console.error(difference);
if (differences.length > 0) process.exitCode = 1;

function number(name: string, value: string): number {
  if (!/^\d{1,9}$/.test(value))
    throw new Error(`--${name} must be a whole number of 1 to 9 digits`);
  return Number(value);
}

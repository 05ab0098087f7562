// How many hashing threads fit into the addresses that the process may still reserve (`ulimit -v`).
// It must be known before a thread starts: V8 ends the whole process when a thread cannot reserve
// its addresses.

import { readFileSync } from 'node:fs';
import { platform } from 'node:os';
import type { HasherName } from './hashers.js';

const gibi = 2 ** 30;
/** What the rest of the process may still need: its heap, and Node's own threads. */
const reserve = gibi;
/** Measured: a thread takes up to 0.7 GiB, and the memory of WebAssembly 10 GiB more. */
const needOf = { interleaved: 11 * gibi, native: gibi, bcryptjs: gibi } as const satisfies Record<
  HasherName,
  number
>;

/** How many threads of this hasher fit. `Infinity` without a limit, and on other systems. */
export function threadsThatFit(hasher: HasherName): number {
  return Math.max(0, Math.floor((freeAddresses() - reserve) / needOf[hasher]));
}

/** Bytes. */
function freeAddresses(): number {
  if (platform() !== 'linux') return Infinity;
  const limit = /^Max address space +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
  if (limit === undefined) return Infinity;
  const used = /^VmSize:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return Number(limit) - Number(used) * 1024;
}

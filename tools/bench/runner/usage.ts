// What a process takes of the machine, as Linux tells it in /proc; null elsewhere. Processor time is read in nanoseconds, thread by thread:
// the process's own figure counts in hundredths of a second, too coarse for a round of one.

import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';

/** Processor time since the process began, in microseconds, all of its threads together. */
export async function cpuTime(pid: number | null): Promise<number | null> {
  try {
    const threads = await readdir(`/proc/${pid ?? 'none'}/task`);
    const times = await Promise.all(
      threads.map((thread) => threadTime(`/proc/${pid ?? 'none'}/task/${thread}/schedstat`)),
    );
    return times.reduce((sum, time) => sum + time, 0);
  } catch {
    return null;
  }
}

/** 0 for a thread that has just ended. */
async function threadTime(file: string): Promise<number> {
  const [nanoseconds] = (await readFile(file, 'utf8').catch(() => '0')).split(' ');
  return Number(nanoseconds) / 1_000;
}

/** Processor time by process, in microseconds: of a PostgreSQL server's first process, and of those that it has for its connections. */
export async function databaseTimes(
  postmaster: number | null,
): Promise<ReadonlyMap<number, number> | null> {
  if (postmaster === null) return null;
  const children = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8').catch(
    () => null,
  );
  if (children === null) return null;
  const pids = [postmaster, ...children.trim().split(' ').map(Number)];
  return new Map(
    await Promise.all(pids.map(async (pid) => [pid, (await cpuTime(pid)) ?? 0] as const)),
  );
}

/** What was spent between two looks; that of a connection which ended in between is lost. */
export function timeBetween(
  before: ReadonlyMap<number, number> | null,
  after: ReadonlyMap<number, number> | null,
): number | null {
  if (before === null || after === null) return null;
  return [...after].reduce((sum, [pid, time]) => sum + time - (before.get(pid) ?? 0), 0);
}

/** MiB that the process has in memory now. */
export async function residentMemory(pid: number | null): Promise<number | null> {
  const status = await readFile(`/proc/${pid ?? 'none'}/status`, 'utf8').catch(() => '');
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kibibytes === undefined ? null : Number(kibibytes) / 1_024;
}

/** The first process of the server behind this address: null when it is on another machine, or the user may not know. */
export async function findPostmaster(databaseUrl: string): Promise<number | null> {
  const client = new pg.Client({ connectionString: databaseUrl });
  try {
    await client.connect();
    const { rows } = await client.query<{ pid: string }>(
      `select split_part(pg_read_file('postmaster.pid'), e'\\n', 1) as pid`,
    );
    const pid = Number(rows[0]?.pid);
    // The number may be another machine's, or a container's.
    const name = await readFile(`/proc/${pid}/comm`, 'utf8');
    return name.trim().startsWith('postgres') ? pid : null;
  } catch {
    return null;
  } finally {
    await client.end().catch(() => undefined);
  }
}

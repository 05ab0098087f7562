// Reads the processor time and memory of a process from /proc on Linux; `null` on other systems.
// Processor time is read for each thread, in nanoseconds. The figure of the whole process has a
// resolution of 10 ms, which is too coarse for a round of one second.

import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';

/** The processor time of all threads since the process started, in microseconds. */
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

/** In microseconds; 0 for a thread that has just ended. */
async function threadTime(file: string): Promise<number> {
  const [nanoseconds] = (await readFile(file, 'utf8').catch(() => '0')).split(' ');
  return Number(nanoseconds) / 1_000;
}

/**
 * The processor times of a PostgreSQL server's main process and of its connections' processes, in
 * microseconds by pid.
 */
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

/**
 * The time spent between two calls of `databaseTimes`, without connections that ended in between.
 */
export function timeBetween(
  before: ReadonlyMap<number, number> | null,
  after: ReadonlyMap<number, number> | null,
): number | null {
  if (before === null || after === null) return null;
  return [...after].reduce((sum, [pid, time]) => sum + time - (before.get(pid) ?? 0), 0);
}

/** The resident memory of the process, in MiB. */
export async function residentMemory(pid: number | null): Promise<number | null> {
  const status = await readFile(`/proc/${pid ?? 'none'}/status`, 'utf8').catch(() => '');
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kibibytes === undefined ? null : Number(kibibytes) / 1_024;
}

/**
 * The pid of the PostgreSQL server's main process; `null` when it runs on another machine, or the
 * database user may not read it.
 */
export async function findPostmaster(databaseUrl: string): Promise<number | null> {
  const client = new pg.Client({ connectionString: databaseUrl });
  try {
    await client.connect();
    const { rows } = await client.query<{ pid: string }>(
      `select split_part(pg_read_file('postmaster.pid'), e'\\n', 1) as pid`,
    );
    const pid = Number(rows[0]?.pid);
    // The pid may belong to another machine or to a container.
    const name = await readFile(`/proc/${pid}/comm`, 'utf8');
    return name.trim().startsWith('postgres') ? pid : null;
  } catch {
    return null;
  } finally {
    await client.end().catch(() => undefined);
  }
}

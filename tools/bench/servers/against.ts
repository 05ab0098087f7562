// Parses the values of `--against`: `better-auth`, which the benchmark starts itself, or a running
// server such as `tutorial=http://127.0.0.1:8081,pid=1234,database=postgres://…`.

import { InvalidArgumentError } from 'commander';
import { adapters, type AdapterName } from './adapters.ts';

export interface Rival {
  readonly adapter: AdapterName;
  /** `null`: the benchmark starts the server. */
  readonly url: string | null;
  /** The process whose processor time and memory are measured; `null` for none. */
  readonly pid: number | null;
  /** The database in which roles are granted, if signing up does not grant them. */
  readonly databaseUrl: string | null;
}

const known = Object.keys(adapters) as AdapterName[];

/** @throws InvalidArgumentError, whose message commander prints */
export function readRival(text: string): Rival {
  const [first = '', ...rest] = text.split(',');
  const [name, address] = splitOnce(first);
  const url = address ?? null;
  const adapter = known.find((each) => each === name);
  if (!adapter) throw new InvalidArgumentError(`It must begin with one of ${known.join(', ')}.`);
  if (url === null && adapter !== 'better-auth')
    throw new InvalidArgumentError(`Add its URL: ${name}=http://…`);
  if (url !== null && !/^http:$/.test(URL.canParse(url) ? new URL(url).protocol : '')) {
    throw new InvalidArgumentError('The URL must begin with http://.');
  }
  const further = new Map(rest.map((part) => splitOnce(part)));
  const odd = [...further.keys()].find((key) => key !== 'pid' && key !== 'database');
  if (odd !== undefined)
    throw new InvalidArgumentError(
      `After the URL only pid=… and database=… are allowed, not ${odd}.`,
    );
  const pid = further.get('pid') ?? null;
  if (pid !== null && !/^[1-9]\d{0,9}$/.test(pid))
    throw new InvalidArgumentError('pid must be a process id.');
  return {
    adapter,
    url: url?.replace(/\/$/, '') ?? null,
    pid: pid === null ? null : Number(pid),
    databaseUrl: further.get('database') ?? null,
  };
}

function splitOnce(text: string): [string, string | undefined] {
  const at = text.indexOf('=');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

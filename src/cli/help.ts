// What the help of every command has in common.

import { Option } from 'commander';

/** A paragraph for the end of a help text: each line a command as it is typed after `rolegate`. */
export function examples(...lines: readonly string[]): string {
  return ['', 'Examples:', ...lines.map((line) => `  $ rolegate ${line}`), ''].join('\n');
}

export interface Json {
  readonly json?: true;
}

export function jsonOption(): Option {
  return new Option('--json', 'print one JSON document, for machines');
}

// Shared parts of the help texts.

import { Option } from 'commander';

/** The examples at the end of a help text. Each line is a command without its `rolegate`. */
export function examples(...lines: readonly string[]): string {
  return ['', 'Examples:', ...lines.map((line) => `  $ rolegate ${line}`), ''].join('\n');
}

export interface Json {
  readonly json?: true;
}

export function jsonOption(): Option {
  return new Option('--json', 'print one JSON document, for scripts');
}

// Reads the numeric flags of a benchmark's command line, such as `--rounds 3`.

import { parseArgs } from 'node:util';

/**
 * @throws Error when a flag is unknown, or not a whole number from 1 to 600. The limit bounds the
 * benchmark's time.
 */
export function readFlags<Name extends string>(
  defaults: Readonly<Record<Name, number>>,
): Record<Name, number> {
  const names = Object.keys(defaults) as Name[];
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const { values } = parseArgs({ options });
  const flags: Record<Name, number> = { ...defaults };
  for (const name of names) {
    const text = values[name];
    if (text === undefined) continue;
    if (!/^[1-9]\d{0,2}$/.test(text) || Number(text) > 600)
      throw new Error(`--${name} must be a whole number from 1 to 600`);
    flags[name] = Number(text);
  }
  return flags;
}

// Holds what is typed on the command line against the contract's limits, so that no user comes to be whom the service could not name.

import { Ajv2020 } from 'ajv/dist/2020.js';
import { loadContract, resolve } from '../contract/document.ts';
import { UsageError } from './run.ts';

const schemas = { username: 'Username', email: 'Email', password: 'Password' } as const;
export type Limited = Partial<Record<keyof typeof schemas, string>>;

/** @throws UsageError that tells every breach and never the value, which may be a password */
export function refuseBeyondLimits(values: Limited): void {
  const { document } = loadContract();
  // The contract's own patterns say what its formats mean; and the document around the schemas is no schema.
  const ajv = new Ajv2020({ strict: false, validateFormats: false, validateSchema: false });
  ajv.addSchema(document, 'contract');
  const breaches = Object.entries(schemas).flatMap(([member, name]) => {
    const value = values[member as keyof typeof schemas];
    if (value === undefined || ajv.validate(`contract#/components/schemas/${name}`, value))
      return [];
    const { description } = resolve(document, { $ref: `#/components/schemas/${name}` });
    return [
      `The ${member} is not as the contract says: ${String(description).trim().replaceAll('\n', ' ')}`,
    ];
  });
  if (breaches.length > 0) throw new UsageError(breaches.join('\n'));
}

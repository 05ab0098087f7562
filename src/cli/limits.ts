// Validates command line values against the contract's limits. Otherwise a command could create a
// user whose name the service refuses in requests.

import { Ajv2020 } from 'ajv/dist/2020.js';
import { loadContract, resolve } from '../contract/document.ts';
import { UsageError } from './run.ts';

const schemas = { username: 'Username', email: 'Email', password: 'Password' } as const;
export type Limited = Partial<Record<keyof typeof schemas, string>>;

/**
 * @throws UsageError that lists every value outside the limits. It never contains the value, which
 * may be a password.
 */
export function refuseBeyondLimits(values: Limited): void {
  const { document } = loadContract();
  // No formats: the contract has a pattern for each. No schema validation: the document around the
  // schemas is not a schema.
  const ajv = new Ajv2020({ strict: false, validateFormats: false, validateSchema: false });
  ajv.addSchema(document, 'contract');
  const breaches = Object.entries(schemas).flatMap(([member, name]) => {
    const value = values[member as keyof typeof schemas];
    if (value === undefined || ajv.validate(`contract#/components/schemas/${name}`, value))
      return [];
    const { description } = resolve(document, { $ref: `#/components/schemas/${name}` });
    return [
      `The ${member} breaks the contract's limits: ` +
        String(description).trim().replaceAll('\n', ' '),
    ];
  });
  if (breaches.length > 0) throw new UsageError(breaches.join('\n'));
}

// What the contract's schemas say of a value, by Ajv. The service's own tests ask another validator, so that one's mistake does not cover
// the other's.

import { Ajv2020 } from 'ajv/dist/2020.js';
import type { JsonObject } from '../contract/document.ts';
import type { Judge } from '../contract/answer-check.ts';

/** RFC 3339, section 5.6. The other formats of the contract have patterns beside them. */
const dateTime =
  /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i;

export function createJudge(document: JsonObject): Judge {
  // The document around the schemas is no schema.
  const ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: true, logger: false });
  ajv.addFormat('date-time', (text) => dateTime.test(text) && !Number.isNaN(Date.parse(text)));
  ajv.addSchema(document, 'contract');
  return function judge(fragment, value) {
    const validate = ajv.getSchema(`contract${fragment}`);
    if (!validate) return `cannot be judged: there is no schema at ${fragment}`;
    if (validate(value)) return null;
    const problems = (validate.errors ?? [])
      .slice(0, 5)
      .map(({ instancePath, message, params }) => {
        const { additionalProperty } = params as { additionalProperty?: string };
        return `${instancePath || '/'} ${message ?? 'is wrong'}${additionalProperty === undefined ? '' : ` (${additionalProperty})`}`;
      });
    return `breaks its schema: ${problems.join('; ')}`;
  };
}

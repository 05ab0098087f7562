// Checks values against the contract's schemas with Ajv. The service's own tests use another
// validator, so that a bug in one is not hidden by the same bug in the other.

import { Ajv2020 } from 'ajv/dist/2020.js';
import type { JsonObject } from '../contract/document.ts';
import type { Judge } from '../contract/answer-check.ts';

/** RFC 3339, section 5.6. The contract's other formats also have patterns. */
const dateTime =
  /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i;

/**
 * Creates a check of values against the schemas of this contract. It reports at most five problems
 * of a value.
 */
export function createJudge(document: JsonObject): Judge {
  // The document that contains the schemas is not itself a schema.
  const ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: true, logger: false });
  ajv.addFormat('date-time', (text) => dateTime.test(text) && !Number.isNaN(Date.parse(text)));
  ajv.addSchema(document, 'contract');
  return function judge(fragment, value) {
    const validate = ajv.getSchema(`contract${fragment}`);
    if (!validate) return `cannot be checked: the contract has no schema at ${fragment}`;
    if (validate(value)) return null;
    const problems = (validate.errors ?? [])
      .slice(0, 5)
      .map(({ instancePath, message, params }) => {
        const { additionalProperty } = params as { additionalProperty?: string };
        const detail = additionalProperty === undefined ? '' : ` (${additionalProperty})`;
        return `${instancePath || '/'} ${message ?? 'is invalid'}${detail}`;
      });
    return `does not match its schema: ${problems.join('; ')}`;
  };
}

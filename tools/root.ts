// The path of the project, for tools in any folder below it.

import { fileURLToPath } from 'node:url';

/** The folder that contains package.json. Ends with a slash. */
export const root = fileURLToPath(new URL('..', import.meta.url));

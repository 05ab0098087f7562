// Where the project is, for tools in any folder below it.

import { fileURLToPath } from 'node:url';

/** The path of the folder with package.json, ending with a slash. */
export const root = fileURLToPath(new URL('..', import.meta.url));

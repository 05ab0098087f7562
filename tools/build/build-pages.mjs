// Writes dist/pages: the two documentation pages, with the needed parts of Swagger UI and Redoc.
// Both packages are needed only for the build, and a node serves exactly five files.

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const { resolve } = createRequire(import.meta.url);
const root = fileURLToPath(new URL('../..', import.meta.url));
const target = join(root, 'dist', 'pages');
/**
 * Redoc loads its maker's logo from its maker's server. The build replaces it by an empty image.
 */
const logo = 'https://cdn.redoc.ly/redoc/logo-mini.svg';
const emptyImage = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E";

mkdirSync(target, { recursive: true });
for (const page of ['swagger-ui.html', 'redoc.html'])
  copyFileSync(join(root, 'pages', page), join(target, page));
write('swagger-ui.js', library('swagger-ui-dist/swagger-ui-bundle.js'), ours('swagger-ui.js'));
write(
  'redoc.js',
  replaceOnce(library('redoc/bundles/redoc.standalone.js'), logo, emptyImage),
  ours('redoc.js'),
);
write('pages.css', library('swagger-ui-dist/swagger-ui.css'), ours('pages.css'));
// Not served, but distributed with dist/.
write(
  'LICENSES.txt',
  library('swagger-ui-dist/LICENSE'),
  library('swagger-ui-dist/NOTICE'),
  library('swagger-ui-dist/swagger-ui-bundle.js.LICENSE.txt'),
  library('redoc/LICENSE'),
  library('redoc/bundles/redoc.standalone.js.LICENSE.txt'),
);

/** @param {string} name @param {string[]} parts */
function write(name, ...parts) {
  writeFileSync(join(target, name), parts.join('\n'));
}

/**
 * Reads a file of a package, without the link to its source map, which is not served.
 * @param {string} file
 */
function library(file) {
  return readFileSync(resolve(file), 'utf8').replace(
    /(\/\/|\/\*)# sourceMappingURL=\S+( \*\/)?\s*$/,
    '',
  );
}

/** @param {string} name */
function ours(name) {
  return readFileSync(join(root, 'pages', name), 'utf8');
}

/** @param {string} text @param {string} from @param {string} to */
function replaceOnce(text, from, to) {
  if (text.split(from).length !== 2)
    throw new Error(
      `this Redoc has not exactly one ${from}; tools/build/build-pages.mjs was written for 2.5`,
    );
  return text.replace(from, to);
}

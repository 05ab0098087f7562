// The documentation pages as `npm run build` leaves them in dist/pages. Owns when they are read: not before somebody asks for one, and
// once. Only the files listed here can be read, whatever a request says.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const pageFiles = [
  'swagger-ui.html',
  'swagger-ui.js',
  'redoc.html',
  'redoc.js',
  'pages.css',
] as const;
export type PageFile = (typeof pageFiles)[number];

export interface PageContent {
  readonly text: string;
  /** As the header says it: the content's hash. */
  readonly etag: string;
}

/** @throws Error of Node's when one of them was not built: better when the service starts than when somebody asks for it. */
export function createPages(): (file: PageFile) => Promise<PageContent> {
  const { resolve } = createRequire(import.meta.url);
  const paths = new Map(pageFiles.map((file) => [file, resolve(`#pages/${file}`)] as const));
  const contents = new Map<PageFile, PageContent>();
  return async function readPage(file) {
    const known = contents.get(file);
    if (known) return known;
    const content = await read(paths.get(file) ?? file);
    contents.set(file, content);
    return content;
  };
}

async function read(path: string): Promise<PageContent> {
  const text = await readFile(path, 'utf8');
  return { text, etag: `"${createHash('sha256').update(text).digest('base64url')}"` };
}

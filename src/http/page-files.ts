// The documentation pages that `npm run build` writes to dist/pages. A page is read on its first
// request, and only once. Only the files listed here can be read, whatever a request contains.

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
  /** The text as UTF-8, encoded once. */
  readonly bytes: Buffer;
  /** The content's hash, as the `ETag` header carries it. */
  readonly etag: string;
}

/** @throws Error from Node.js when a page was not built: at service start, not on a request. */
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
  const bytes = await readFile(path);
  const etag = `"${createHash('sha256').update(bytes).digest('base64url')}"`;
  return { text: bytes.toString('utf8'), bytes, etag };
}

// Handlers for the documentation pages and their assets. For If-None-Match, Express compares the
// ETag and sends 304 or the whole content.

import type { Handlers } from '../contract/operations.ts';
import type { Caller, Client } from '../domain/callers/caller.ts';

type Docs = 'getDocs' | 'getDocsScript' | 'getDocsStyle' | 'getRedoc' | 'getRedocScript';
type PageFile = 'swagger-ui.html' | 'swagger-ui.js' | 'redoc.html' | 'redoc.js' | 'pages.css';

interface PageContent {
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly etag: string;
}

export interface DocsHandlersParts {
  readonly readPage: (file: PageFile) => Promise<PageContent>;
}

export function createDocsHandlers({
  readPage,
}: DocsHandlersParts): Pick<Handlers<Caller, Client>, Docs> {
  const answerPage = (file: PageFile) => async () => {
    const { text, bytes } = await readPage(file);
    return { status: 200 as const, body: text, bytes };
  };
  const answerAsset = (file: PageFile) => async () => {
    const { text, bytes, etag } = await readPage(file);
    return { status: 200 as const, body: text, bytes, headers: { ETag: etag } };
  };
  return {
    getDocs: answerPage('swagger-ui.html'),
    getRedoc: answerPage('redoc.html'),
    getDocsScript: answerAsset('swagger-ui.js'),
    getRedocScript: answerAsset('redoc.js'),
    getDocsStyle: answerAsset('pages.css'),
  };
}

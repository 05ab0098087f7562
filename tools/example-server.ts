// Serves examples/web on loopback, with the client and openapi-fetch as native modules. It serves
// only the files in its list, so no request can read other files.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { root } from './root.ts';

const types = {
  html: 'text/html; charset=utf-8',
  css: 'text/css',
  js: 'text/javascript',
  mjs: 'text/javascript',
} as const;

/** A module of the built client. */
const clientModule = /^\/client\/([a-z-]+\.js)$/;
const files: Readonly<Record<string, string>> = {
  '/': 'examples/web/index.html',
  '/app.js': 'examples/web/app.js',
  '/forms.js': 'examples/web/forms.js',
  '/style.css': 'examples/web/style.css',
  '/openapi-fetch.mjs': 'node_modules/openapi-fetch/dist/index.mjs',
};

/**
 * @param port 0 picks a free one
 * @param serviceUrl the service that the page calls
 */
export async function startExample({
  port,
  serviceUrl,
}: {
  readonly port: number;
  readonly serviceUrl: string;
}) {
  const server = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const module = clientModule.exec(pathname)?.[1];
    const file = module ? `dist/src/client/${module}` : files[pathname];
    const content = file === undefined ? null : read(file, serviceUrl);
    if (file === undefined || content === null) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found.');
      return;
    }
    const type = types[file.slice(file.lastIndexOf('.') + 1) as keyof typeof types];
    const policy =
      type === types.html ? { 'content-security-policy': policyFor(content, serviceUrl) } : {};
    response
      .writeHead(200, { 'content-type': type, 'cache-control': 'no-cache', ...policy })
      .end(content);
  });
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(port, '127.0.0.1', resolve),
  );
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function read(file: string, serviceUrl: string): string | null {
  try {
    return readFileSync(join(root, file), 'utf8').replaceAll('{{serviceUrl}}', serviceUrl);
  } catch {
    return null;
  }
}

/**
 * Allows only the page's own files and the service. The only inline script is the import map,
 * allowed by its hash.
 */
function policyFor(html: string, serviceUrl: string): string {
  const importMap = /<script type="importmap">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
  const hash = createHash('sha256').update(importMap).digest('base64');
  return (
    `default-src 'none'; script-src 'self' 'sha256-${hash}'; style-src 'self'; img-src data:; ` +
    `connect-src ${new URL(serviceUrl).origin}; ` +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  );
}

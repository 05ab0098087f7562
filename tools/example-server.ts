// Serves examples/web, with the client and openapi-fetch as the native modules that they are, to this machine alone. It hands out the few files
// that it names, so that no path leads anywhere else.

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

/** A module of the client, where the build leaves it. */
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
 * @param serviceUrl where the page finds the service
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

/** Nothing but the page's own files and the service. The import map is the one inline script, and let in by its hash. */
function policyFor(html: string, serviceUrl: string): string {
  const importMap = /<script type="importmap">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
  const hash = createHash('sha256').update(importMap).digest('base64');
  return (
    `default-src 'none'; script-src 'self' 'sha256-${hash}'; style-src 'self'; img-src data:; connect-src ${new URL(serviceUrl).origin}; ` +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  );
}

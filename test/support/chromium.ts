// Set-up for tests that run in a browser.

import { createServer, type AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { chromiumPath, launchChromium } from './browser.ts';

/** For `before`: starts Chromium. Skips the tests of the suite when none is installed. */
export async function chromiumOrSkip(context: Mocha.Context): Promise<Browser> {
  if (chromiumPath !== null) return launchChromium();
  console.log(
    '    SKIPPED: no Chromium found on PATH or at /usr/bin/chromium. ' +
      'CI installs it and runs these tests.',
  );
  return context.skip();
}

/**
 * A free TCP port. Use it for an origin that the service must know before the server of that origin
 * has started.
 */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

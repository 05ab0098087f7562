// What tests in a browser begin with.

import { createServer, type AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { chromiumPath, launchChromium } from './browser.ts';

/** For `before`: Chromium; where none is installed, says so and skips the tests around it. */
export async function chromiumOrSkip(context: Mocha.Context): Promise<Browser> {
  if (chromiumPath !== null) return launchChromium();
  console.log(
    '    SKIPPED: there is no Chromium here (neither on PATH nor /usr/bin/chromium). CI installs it and runs these tests.',
  );
  return context.skip();
}

/** A port that nobody listens on: for an origin that the service has to know before its page is served. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

// Starts the Chromium that the system has installed (Debian's, for example). The tests never
// download a browser.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

/** `null` when no Chromium is installed. */
export const chromiumPath = findChromium();

function findChromium(): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin'];
  const candidates = folders.flatMap((folder) =>
    ['chromium', 'chromium-browser'].map((name) => join(folder, name)),
  );
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Uses a new profile, which is removed when the browser closes. Switches off the features that
 * connect to the vendor's servers.
 */
export function launchChromium(): Promise<Browser> {
  const args =
    '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run ' +
    '--disable-background-networking';
  return chromium.launch({
    executablePath: chromiumPath ?? '',
    args: [...args.split(' '), '--disable-component-update', '--disable-sync'],
  });
}

export interface Watched {
  readonly page: Page;
  /**
   * The problems seen in the page so far: console errors and warnings (violations of the content
   * security policy included), exceptions, and requests to other origins.
   */
  readonly complaints: readonly string[];
}

/** Opens a page in a new browser context. `width` is in pixels. */
export async function openPage(browser: Browser, origin: string, width: number): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, baseURL: origin });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    // Chromium logs every answer from 400 up as an error. Some tests cause such answers on purpose.
    const isAnswer = message
      .text()
      .startsWith('Failed to load resource: the server responded with a status of');
    if (['error', 'warning'].includes(message.type()) && !isAnswer)
      complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', ({ message }) => complaints.push(`exception: ${message}`));
  page.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (protocol !== 'data:' && asked !== origin) complaints.push(`request: ${request.url()}`);
  });
  return { page, complaints };
}

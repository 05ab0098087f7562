// Debian's Chromium, as a reader of the documentation pages has it. No test tool may download a browser of its own.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

/** null where there is none. */
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

/** With a fresh profile, which is removed with it; with nothing that speaks to its makers. */
export function launchChromium(): Promise<Browser> {
  const args =
    '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking';
  return chromium.launch({
    executablePath: chromiumPath ?? '',
    args: [...args.split(' '), '--disable-component-update', '--disable-sync'],
  });
}

export interface Watched {
  readonly page: Page;
  /** What went wrong in the page until now: console errors, violations of its policy among them, exceptions, requests to other hosts. */
  readonly complaints: readonly string[];
}

/** A page of its own context, at this width. */
export async function openPage(browser: Browser, origin: string, width: number): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, baseURL: origin });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    // Chromium counts every answer from 400 up as an error, and those are what some tests ask for.
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

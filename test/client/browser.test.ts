import { expect } from 'chai';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startExample } from '../../tools/example-server.ts';
import type { Client, TokenStorage } from '../../src/client/index.ts';
import { chromiumOrSkip, freePort } from '../support/chromium.ts';
import { startService, type Service, type TestUser } from '../support/service.ts';

/** What runs in the page finds these at `globalThis`: the client, and its storage. */
declare const client: Client;
declare const storage: TokenStorage;

describe('the client in a browser', function () {
  this.timeout(60_000);
  let service: Service;
  let site: Awaited<ReturnType<typeof startExample>> | undefined;
  let browser: Browser | undefined;
  let context: BrowserContext;
  let user: TestUser;
  let later = 0;
  before(async function () {
    browser = await chromiumOrSkip(this);
    const port = await freePort();
    service = await startService({
      now: () => Date.now() + later,
      config: { corsOrigins: [`http://localhost:${port}`] },
    });
    site = await startExample({ port, serviceUrl: service.url.replace('127.0.0.1', 'localhost') });
  });
  beforeEach(async () => {
    context = await browser!.newContext();
    user = await service.newUser();
  });
  afterEach(() => context.close());
  after(async () => {
    await browser?.close();
    await site?.close();
    if (browser) await service.close();
  });

  /** A tab with a client of its own. */
  async function openTab(transport: 'bearer' | 'cookie'): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${site!.url}/`);
    await page.evaluate(
      `(async () => {
        const { createClient, webStorage } = await import('rolegate/client');
        globalThis.storage = webStorage(localStorage, 'test');
        globalThis.ended = [];
        globalThis.client = createClient({
          baseUrl: document.querySelector('meta[name=service]').content,
          transport: '${transport}',
          storage,
          onSignedOut: (reason) => ended.push(reason?.code ?? null),
        });
      })()`,
    );
    return page;
  }
  const signIn = (page: Page) =>
    page.evaluate(
      ({ username, password }) => client.signIn({ username, password }).then(({ roles }) => roles),
      user,
    );
  const readUser = (page: Page) => page.evaluate(() => client.get('/api/test/user'));
  const rotations = async () =>
    (
      await service
        .knex('sessions')
        .where({ user_id: user.id })
        .max('refresh_counter as count')
        .first()
    )?.['count'] as number;
  const refreshes = () =>
    service.log().filter(({ operation }) => operation === 'refreshTokens').length;

  it('rotates once for two tabs that share a storage, and both go on', async () => {
    const tabs = [await openTab('bearer'), await openTab('bearer')];
    await signIn(tabs[0]!);
    expect(await readUser(tabs[1]!)).to.equal('User Content.');
    for (let round = 1; round <= 3; round++) {
      later += 2 * 3_600_000;
      const before = refreshes();
      expect(await Promise.all([...tabs, ...tabs].map(readUser))).to.deep.equal(
        Array(4).fill('User Content.'),
      );
      expect(await rotations()).to.equal(round);
      // Mostly 1. What one tab writes into localStorage reaches the other's process a moment later, sometimes after the lock does.
      expect(refreshes() - before).to.be.within(1, 2);
    }
  });

  it('is signed out in one tab when it signs out in the other', async () => {
    const [first, second] = [await openTab('bearer'), await openTab('bearer')];
    await signIn(first);
    await readUser(second);
    await first.evaluate(() => client.signOut());
    // localStorage shows another tab's change a moment later.
    await second.waitForFunction(async () => (await storage.get()) === null);
    const code = await second.evaluate(() =>
      client.get('/api/test/user').catch((error: unknown) => (error as { code: string }).code),
    );
    expect(code).to.equal('token_missing');
  });

  it('leaves the tokens to cookies, with no script that could read them, and refreshes by cookie', async () => {
    const page = await openTab('cookie');
    expect(await signIn(page)).to.deep.equal(['ROLE_USER']);
    expect(await readUser(page)).to.equal('User Content.');
    expect(await page.evaluate('JSON.stringify(localStorage) + document.cookie')).to.equal('{}');

    later += 2 * 3_600_000;
    const before = refreshes();
    expect(await Promise.all(Array.from({ length: 10 }, () => readUser(page)))).to.deep.equal(
      Array(10).fill('User Content.'),
    );
    expect(refreshes() - before).to.equal(1);

    await context.clearCookies({ name: '__Host-rolegate-access' }); // as when it has expired in the browser, too
    expect(await readUser(page)).to.equal('User Content.');
    expect(await readUser(await openTab('cookie'))).to.equal('User Content.'); // also where nobody has signed in since the page was loaded

    await page.evaluate(() => client.signOut());
    expect(await context.cookies()).to.deep.equal([]);
    const code = await page.evaluate(() =>
      client.get('/api/test/user').catch((error: unknown) => (error as { code: string }).code),
    );
    expect(code).to.equal('token_missing');
    expect(await page.evaluate('ended')).to.deep.equal([]);
  });
});

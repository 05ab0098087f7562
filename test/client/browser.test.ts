import { expect } from 'chai';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startExample } from '../../tools/example-server.ts';
import type { Client, TokenStorage } from '../../src/client/index.ts';
import { chromiumOrSkip, freePort } from '../support/chromium.ts';
import { startService, type Service, type TestUser } from '../support/service.ts';

/** Globals of the page: the client, and its storage. */
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

  const read = (page: Page) =>
    page.evaluate(() =>
      client.get('/api/test/user').catch((error: unknown) => (error as { code: string }).code),
    );

  it('uses in one tab the tokens of a sign-in in another', async () => {
    const tabs = [await openTab('bearer'), await openTab('bearer')];
    await signIn(tabs[0]!);
    expect(await readUser(tabs[1]!)).to.equal('User Content.');
  });

  it('rotates the refresh token once for two tabs that share a storage', async () => {
    const tabs = [await openTab('bearer'), await openTab('bearer')];
    await signIn(tabs[0]!);
    await readUser(tabs[1]!);
    for (let round = 1; round <= 3; round++) {
      later += 2 * 3_600_000;
      const before = refreshes();
      expect(await Promise.all([...tabs, ...tabs].map(readUser))).to.deep.equal(
        Array(4).fill('User Content.'),
      );
      expect(await rotations()).to.equal(round);
      // Mostly 1. A write to localStorage reaches the other tab's process a moment later, sometimes
      // after the lock does.
      expect(refreshes() - before).to.be.within(1, 2);
    }
  });

  it('has no tokens in one tab after a sign-out in the other', async () => {
    const [first, second] = [await openTab('bearer'), await openTab('bearer')];
    await signIn(first);
    await readUser(second);
    await first.evaluate(() => client.signOut());
    // localStorage shows another tab's change a moment later.
    await second.waitForFunction(async () => (await storage.get()) === null);
    expect(await read(second)).to.equal('token_missing');
  });

  describe('with tokens in cookies', () => {
    let page: Page;
    let roles: readonly string[];
    beforeEach(async () => {
      page = await openTab('cookie');
      roles = await signIn(page);
    });

    it('returns the user from a sign-in', () => {
      expect(roles).to.deep.equal(['ROLE_USER']);
    });

    it('reads secured content', async () => {
      expect(await readUser(page)).to.equal('User Content.');
    });

    it('shows no token to the scripts of the page', async () => {
      expect(await page.evaluate('JSON.stringify(localStorage) + document.cookie')).to.equal('{}');
    });

    it('refreshes once for ten requests with an expired token', async () => {
      later += 2 * 3_600_000;
      const before = refreshes();
      expect(await Promise.all(Array.from({ length: 10 }, () => readUser(page)))).to.deep.equal(
        Array(10).fill('User Content.'),
      );
      expect(refreshes() - before).to.equal(1);
    });

    it('refreshes when the browser has dropped the expired access cookie', async () => {
      later += 2 * 3_600_000;
      await context.clearCookies({ name: '__Host-rolegate-access' });
      expect(await readUser(page)).to.equal('User Content.');
    });

    it('refreshes in a new tab that has no access cookie and no sign-in of its own', async () => {
      later += 2 * 3_600_000;
      await context.clearCookies({ name: '__Host-rolegate-access' });
      expect(await readUser(await openTab('cookie'))).to.equal('User Content.');
    });

    it('reads secured content in a new tab without a sign-in of its own', async () => {
      expect(await readUser(await openTab('cookie'))).to.equal('User Content.');
    });

    it('has no cookie and no access after a sign-out', async () => {
      await page.evaluate(() => client.signOut());
      expect(await context.cookies()).to.deep.equal([]);
      expect(await read(page)).to.equal('token_missing');
    });

    it('does not call onSignedOut for a sign-out of its own', async () => {
      await page.evaluate(() => client.signOut());
      expect(await read(page)).to.equal('token_missing');
      expect(await page.evaluate('ended')).to.deep.equal([]);
    });
  });
});

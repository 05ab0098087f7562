import { mkdirSync } from 'node:fs';
import { expect } from 'chai';
import type { Browser, Page, Response } from 'playwright-core';
import { heard } from '../support/callers.ts';
import { chromiumPath, launchChromium, openPage } from '../support/browser.ts';
import { newCredentials, startService, type Service, type TestUser } from '../support/service.ts';

/** Ignored by git; CI may keep it. */
const artifacts = 'artifacts';

describe('the documentation pages in a browser', function () {
  this.timeout(90_000);
  let service: Service;
  let browser: Browser;
  before(async function () {
    if (chromiumPath === null) {
      console.log(
        '    SKIPPED: no Chromium on PATH or at /usr/bin/chromium. ' +
          'CI installs it and runs these tests.',
      );
      this.skip();
    }
    mkdirSync(artifacts, { recursive: true });
    service = await startService();
    browser = await launchChromium();
  });
  after(async () => {
    if (chromiumPath === null) return;
    await browser.close();
    await service.close();
  });

  it('are where / leads a browser to', async () => {
    const { page, complaints } = await openPage(browser, service.url, 1280);
    await page.goto('/');
    expect(new URL(page.url()).pathname).to.equal('/docs');
    expect(await page.title()).to.contain('Rolegate');
    expect(complaints).to.deep.equal([]);
    await page.context().close();
  });

  it('refuse secured content until the reader signs in', async () => {
    const { page, complaints } = await openPage(browser, service.url, 1280);
    await page.goto('/docs');
    await execute(page, 'signUp', 201, newCredentials());
    await execute(page, 'getUserContent', 401);
    expect(complaints).to.deep.equal([]);
    await page.context().close();
  });

  describe('after a sign-in', () => {
    let user: TestUser;
    let page: Page;
    let complaints: readonly string[];
    let tokens: { accessToken: string; refreshToken: string };
    beforeEach(async () => {
      user = await service.newUser();
      ({ page, complaints } = await openPage(browser, service.url, 390));
      await page.goto('/docs');
      const { username, password } = user;
      tokens = await bodyOf(await execute(page, 'signIn', 200, { username, password }));
    });
    afterEach(async () => {
      expect(complaints).to.deep.equal([]);
      await page.context().close();
    });

    it('send the access token with each request', async () => {
      const response = await execute(page, 'getUserContent', 200);
      expect(await sentToken(response)).to.equal(`Bearer ${tokens.accessToken}`);
    });

    it('show the content of a role once it is granted', async () => {
      await execute(page, 'getAdminContent', 403);
      await service.repositories.users.grantRole(user.id, 'admin');
      await heard();
      await execute(page, 'getAdminContent', 200);
      await operation(page, 'getAdminContent').scrollIntoViewIfNeeded();
      await page.screenshot({ path: `${artifacts}/docs-signed-in.png` });
    });

    it('send no token after signOut', async () => {
      await execute(page, 'signOut', 204);
      expect(await sentToken(await execute(page, 'getUserContent', 401))).to.equal(undefined);
    });

    it('send the new access token after refreshTokens', async () => {
      const { refreshToken } = tokens;
      const refreshed = await execute(page, 'refreshTokens', 200, { refreshToken });
      const { accessToken } = await bodyOf(refreshed);
      const response = await execute(page, 'getUserContent', 200);
      expect(await sentToken(response)).to.equal(`Bearer ${accessToken}`);
    });

    it('store no token in the browser, and forget it with a reload', async () => {
      expect(await page.evaluate('localStorage.length + sessionStorage.length')).to.equal(0);
      await page.reload();
      await execute(page, 'getUserContent', 401);
    });

    it('fit into 390 pixels with the answer of an operation', async () => {
      await page.screenshot({ path: `${artifacts}/docs-try-390.png` });
      await execute(page, 'getUserContent', 200);
      expect(await scrollsSideways(page)).to.equal(false);
    });
  });

  it('open an operation by its link', async () => {
    const { page, complaints } = await openPage(browser, service.url, 1280);
    await page.goto('/docs#/Content/getAdminContent');
    await operation(page, 'getAdminContent').locator('.execute').waitFor();
    expect(complaints).to.deep.equal([]);
    await page.context().close();
  });

  it('list the tags in the order of the contract', async () => {
    const { page } = await openPage(browser, service.url, 1280);
    await page.goto('/docs');
    await operation(page, 'getAdminContent').waitFor();
    const tags = await page.evaluate<string[]>(
      "[...document.querySelectorAll('.opblock-tag')].map(({ dataset }) => dataset.tag)",
    );
    const declared = (await service.asGuest.get('/openapi.json')).body.tags as {
      name: string;
    }[];
    expect(tags).to.deep.equal(declared.map(({ name }) => name));
    await page.context().close();
  });

  it('filter the operations by a part of a tag', async () => {
    const { page, complaints } = await openPage(browser, service.url, 1280);
    await page.goto('/docs');
    await operation(page, 'getAdminContent').waitFor();
    await page.locator('.operation-filter-input').fill('Acc');
    await operation(page, 'getAdminContent').waitFor({ state: 'detached' });
    expect(await page.locator('.opblock-tag').count()).to.equal(1);
    expect(complaints).to.deep.equal([]);
    await page.context().close();
  });

  it('find operations with the search of Redoc', async () => {
    const { page, complaints } = await openPage(browser, service.url, 1280);
    await page.goto('/redoc');
    await page.locator('input.search-input').fill('sessions');
    await page.locator('[data-role="search:results"] li').first().waitFor();
    await page.goto('/redoc#operation/listSessions');
    await page
      .getByRole('heading', { name: 'List the sessions' })
      .or(page.locator('[id="operation/listSessions"]'))
      .first()
      .waitFor();
    await page.waitForTimeout(500); // until it has scrolled there
    await page.screenshot({ path: `${artifacts}/redoc-operation.png` });
    expect(complaints).to.deep.equal([]);
    await page.context().close();
  });

  for (const [path, ready] of [
    ['/docs', '.opblock'],
    ['/redoc', '[id="operation/getAdminContent"]'],
  ] as const) {
    for (const width of [390, 1280]) {
      it(`fit ${path} into ${width} pixels, and load nothing from another host`, async () => {
        const { page, complaints } = await openPage(browser, service.url, width);
        await page.goto(path);
        await page.locator(ready).first().waitFor({ state: 'attached' });
        await page.screenshot({ path: `${artifacts}/${path.slice(1)}-${width}.png` });
        expect(await scrollsSideways(page)).to.equal(false);
        expect(complaints).to.deep.equal([]);
        await page.context().close();
      });
    }
  }
});

function operation(page: Page, id: string) {
  return page.locator(`.opblock[id$="-${id}"]`);
}

/** Opens the operation, fills in its body and executes it. Waits until the page shows `status`. */
async function execute(page: Page, id: string, status: number, body?: object): Promise<Response> {
  const block = operation(page, id);
  await block.waitFor();
  if (!(await block.getAttribute('class'))?.includes('is-open'))
    await block.locator('.opblock-summary-control').click();
  if (body) await block.locator('.body-param__text').fill(JSON.stringify(body));
  const [response] = await Promise.all([
    page.waitForResponse((candidate) => new URL(candidate.url()).pathname.startsWith('/api/')),
    block.locator('.execute').click(),
  ]);
  expect(response.status(), id).to.equal(status);
  await block
    .locator('.live-responses-table .response-col_status', { hasText: String(status) })
    .first()
    .waitFor();
  return response;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as Received.body
async function bodyOf(response: Response): Promise<any> {
  return await response.json();
}

async function sentToken(response: Response): Promise<string | undefined> {
  return (await response.request().allHeaders())['authorization'];
}

/** True when the page is wider than the window. Tables and code may scroll by themselves. */
async function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
}

import { mkdirSync } from 'node:fs';
import { expect } from 'chai';
import type { Browser, Page, Response } from 'playwright-core';
import { heard } from '../support/callers.ts';
import { chromiumPath, launchChromium, openPage } from '../support/browser.ts';
import { newCredentials, startService, type Service } from '../support/service.ts';

/** Ignored by git; CI may keep it. */
const artifacts = 'artifacts';

describe('the documentation pages in a browser', function () {
  this.timeout(90_000);
  let service: Service;
  let browser: Browser;
  before(async function () {
    if (chromiumPath === null) {
      console.log(
        '    SKIPPED: there is no Chromium here (neither on PATH nor /usr/bin/chromium). CI installs it and runs these tests.',
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

  it('lead from / to a first day without a line of code: one sign-in, and the token goes along', async () => {
    const { page, complaints } = await openPage(browser, service.url, 1280);
    await page.goto('/');
    expect(new URL(page.url()).pathname).to.equal('/docs');
    expect(await page.title()).to.contain('Rolegate');

    const credentials = newCredentials();
    const { username, password } = credentials;
    const signedUp = await execute(page, 'signUp', 201, credentials);
    await execute(page, 'getUserContent', 401);
    const { accessToken } = await bodyOf(
      await execute(page, 'signIn', 200, { username, password }),
    );
    expect(await sentToken(await execute(page, 'getUserContent', 200))).to.equal(
      `Bearer ${accessToken}`,
    );
    await execute(page, 'getAdminContent', 403);
    await service.repositories.users.grantRole((await bodyOf(signedUp)).user.id as number, 'admin');
    await heard();
    await execute(page, 'getAdminContent', 200);
    await operation(page, 'getAdminContent').scrollIntoViewIfNeeded();
    await page.screenshot({ path: `${artifacts}/docs-signed-in.png` });
    await execute(page, 'signOut', 204);
    expect(await sentToken(await execute(page, 'getUserContent', 401))).to.equal(undefined);
    expect(complaints).to.deep.equal([]);
    await page.context().close();
  });

  it('renew the token after refreshTokens, and forget it with a reload', async () => {
    const { username, password } = await service.newUser();
    const { page, complaints } = await openPage(browser, service.url, 390);
    await page.goto('/docs');
    const { refreshToken } = await bodyOf(
      await execute(page, 'signIn', 200, { username, password }),
    );
    await page.screenshot({ path: `${artifacts}/docs-try-390.png` });
    const { accessToken } = await bodyOf(
      await execute(page, 'refreshTokens', 200, { refreshToken }),
    );
    expect(await sentToken(await execute(page, 'getUserContent', 200))).to.equal(
      `Bearer ${accessToken}`,
    );
    expect(await scrollsSideways(page)).to.equal(false);
    expect(await page.evaluate('localStorage.length + sessionStorage.length')).to.equal(0);
    await page.reload();
    await execute(page, 'getUserContent', 401);
    expect(complaints).to.deep.equal([]);
    await page.context().close();
  });

  it('open an operation by its link, list the tags in the order of the contract, and find by a part of a tag', async () => {
    const { page, complaints } = await openPage(browser, service.url, 1280);
    await page.goto('/docs#/Content/getAdminContent');
    await operation(page, 'getAdminContent').locator('.execute').waitFor();
    const tags = await page.evaluate<string[]>(
      "[...document.querySelectorAll('.opblock-tag')].map(({ dataset }) => dataset.tag)",
    );
    const declared = (await service.call({ path: '/openapi.json' })).body.tags as {
      name: string;
    }[];
    expect(tags).to.deep.equal(declared.map(({ name }) => name));
    await page.locator('.operation-filter-input').fill('Acc');
    await operation(page, 'getAdminContent').waitFor({ state: 'detached' });
    expect(await page.locator('.opblock-tag').count()).to.equal(1);
    expect(complaints).to.deep.equal([]);
    await page.context().close();
  });

  it('find with the search of Redoc', async () => {
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
      it(`fit ${path} into ${width} pixels, and load nothing from elsewhere`, async () => {
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

/** Opens the operation, fills in its body, presses "Execute", and waits until the page shows the status. */
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

/** Whether the page as a whole is wider than the window. Tables and code may scroll by themselves. */
async function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
}

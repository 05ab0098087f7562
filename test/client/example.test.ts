import { mkdirSync } from 'node:fs';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { startExample } from '../../tools/example-server.ts';
import { heard } from '../support/callers.ts';
import { chromiumOrSkip, freePort } from '../support/chromium.ts';
import { newCredentials, startService, type Service } from '../support/service.ts';

/** Ignored by git; for people to look at. */
const artifacts = 'artifacts';

describe('the example front end, on an origin of its own', function () {
  this.timeout(60_000);
  let service: Service;
  let site: Awaited<ReturnType<typeof startExample>> | undefined;
  let browser: Browser | undefined;
  before(async function () {
    browser = await chromiumOrSkip(this);
    mkdirSync(artifacts, { recursive: true });
    const port = await freePort();
    service = await startService({ config: { corsOrigins: [`http://localhost:${port}`] } });
    site = await startExample({ port, serviceUrl: service.url });
  });
  after(async () => {
    await browser?.close();
    await site?.close();
    if (browser) await service.close();
  });

  for (const width of [390, 1280]) {
    it(`signs up, signs in, and shows the boards that a role allows, ${width} pixels wide`, async () => {
      const { page, complaints } = await open(width);
      const shot = (name: string) =>
        page.screenshot({ path: `${artifacts}/example-${name}-${width}.png` });
      const { username, email, password } = newCredentials();
      expect(await board(page, 'Public')).to.equal('Public Content.');
      expect(await board(page, 'User')).to.equal('No token provided!');
      await shot('refused');

      await page.getByRole('link', { name: 'Sign up' }).first().click();
      expect(await focused(page)).to.equal('Sign up');
      await submit(page, 'Sign up', {
        Username: username,
        'E-mail address': 'nowhere',
        Password: 'password',
      });
      await page.locator('#sign-up .refusal').getByText('Look at what is marked below.').waitFor();
      expect(await page.evaluate('document.activeElement.name')).to.equal('email');
      await shot('marked');
      await submit(page, 'Sign up', {
        Username: username,
        'E-mail address': email,
        Password: 'password',
      });
      await page
        .locator('#up-password-breach')
        .getByText('This is a commonly used password.')
        .waitFor();
      await submit(page, 'Sign up', {
        Username: username,
        'E-mail address': email,
        Password: password,
      });
      await page.getByText('User Content.').waitFor();
      expect(await page.locator('#who').textContent()).to.equal(username);
      expect(await focused(page)).to.equal('User board');
      await shot('user');

      expect(await board(page, 'Admin')).to.equal('Require Admin Role!');
      const { id } = (await service.repositories.users.findByUsername(username))!;
      await service.repositories.users.grantRole(id, 'admin');
      await heard();
      await page.reload();
      await page.getByText('Admin Content.').waitFor();
      await page.getByRole('link', { name: username }).click();
      await page.getByText('ROLE_ADMIN').waitFor();
      await shot('profile');

      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByText('Public Content.').waitFor();
      expect(await board(page, 'Admin')).to.equal('No token provided!');
      await page.getByRole('link', { name: 'Sign in' }).first().click();
      await submit(page, 'Sign in', { Username: username, Password: 'violin harbour' });
      await page.locator('#sign-in .refusal').getByText('Invalid username or password!').waitFor();
      await shot('sign-in');
      await submit(page, 'Sign in', { Username: username, Password: password });
      await page.getByText('User Content.').waitFor();
      expect(complaints).to.deep.equal([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).to.equal(0);
    });
  }

  it('says when a session was ended elsewhere, and when the service cannot be reached', async () => {
    const { page } = await open(390);
    const { username, password } = await service.newUser();
    await page.getByRole('link', { name: 'Sign in' }).first().click();
    await submit(page, 'Sign in', { Username: username, Password: password });
    await page.getByText('User Content.').waitFor();
    await service.knex('sessions').update({ ended_at: new Date() });
    await page.getByRole('link', { name: 'Admin' }).click();
    await page
      .getByRole('status')
      .getByText('This refresh token is not valid. Sign in again.')
      .waitFor();
    expect(await page.getByRole('link', { name: 'Sign in' }).first().isVisible()).to.equal(true);
    await page.context().setOffline(true);
    await page.getByRole('link', { name: 'Public' }).click();
    await page
      .getByRole('alert')
      .getByText('The service cannot be reached right now. Try again in a moment.')
      .waitFor();
  });

  async function open(width: number): Promise<{ page: Page; complaints: string[] }> {
    const page = await browser!.newPage({ viewport: { width, height: 800 } });
    const complaints: string[] = [];
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      // Chromium counts every answer from 400 up as an error, and those are what this test asks for.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        complaints.push(message.text());
    });
    await page.goto(`${site!.url}/`);
    await page.getByText('Public Content.').waitFor();
    return { page, complaints };
  }

  /** Goes to a board. @returns what it shows */
  async function board(page: Page, name: string): Promise<string> {
    await page.getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { name: `${name} board` }).waitFor();
    const shown = page.locator('#content:not(:empty), #refusal:not(:empty)');
    await shown.waitFor();
    return (await shown.textContent()) ?? '';
  }

  async function submit(page: Page, button: string, values: Record<string, string>): Promise<void> {
    const form = page.locator('section:not([hidden]) form');
    for (const [label, value] of Object.entries(values)) await form.getByLabel(label).fill(value);
    await form.getByRole('button', { name: button }).click();
  }

  async function focused(page: Page): Promise<unknown> {
    await page.waitForFunction('document.activeElement?.tagName === "H1"');
    return page.evaluate('document.activeElement.textContent');
  }
});

import { mkdirSync } from 'node:fs';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { startExample } from '../../tools/example-server.ts';
import { heard } from '../support/callers.ts';
import { chromiumOrSkip, freePort } from '../support/chromium.ts';
import { newCredentials, startService, type Service } from '../support/service.ts';

/** Screenshots for people to look at. Ignored by git. */
const artifacts = 'artifacts';

describe('the example front end on its own origin', function () {
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
    describe(`at a width of ${width} pixels`, () => {
      let page: Page;
      let complaints: string[];
      beforeEach(async () => {
        ({ page, complaints } = await open(width));
      });
      afterEach(async () => {
        expect(complaints).to.deep.equal([]);
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).to.equal(
          0,
        );
        await page.close();
      });
      const shot = (name: string) =>
        page.screenshot({ path: `${artifacts}/example-${name}-${width}.png` });

      it('shows a guest the public board', async () => {
        expect(await board(page, 'Public')).to.equal('Public Content.');
      });

      it('shows a guest why the user board is refused', async () => {
        expect(await board(page, 'User')).to.equal('No token provided!');
        await shot('refused');
      });

      it('moves the focus to the heading of a page that it opens', async () => {
        await page.getByRole('link', { name: 'Sign up' }).first().click();
        expect(await focused(page)).to.equal('Sign up');
      });

      it('marks the wrong fields of a sign-up, and moves the focus to the first', async () => {
        const { username } = newCredentials();
        await signUp(page, { username, email: 'nowhere', password: 'password' });
        const refusal = page.locator('#sign-up .refusal');
        await refusal.getByText('Correct the marked fields below.').waitFor();
        expect(await page.evaluate('document.activeElement.name')).to.equal('email');
        await shot('marked');
      });

      it('shows at the field why a password is weak', async () => {
        await signUp(page, { ...newCredentials(), password: 'password' });
        const breach = page.locator('#up-password-breach');
        await breach.getByText('This is a commonly used password.').waitFor();
      });

      it('signs a new user in, and opens the user board', async () => {
        const credentials = newCredentials();
        await signUp(page, credentials);
        await page.getByText('User Content.').waitFor();
        expect(await page.locator('#who').textContent()).to.equal(credentials.username);
        expect(await focused(page)).to.equal('User board');
        await shot('user');
      });

      it('shows a user without the admin role why the admin board is refused', async () => {
        await signIn(page, await service.newUser());
        await page.getByText('User Content.').waitFor();
        expect(await board(page, 'Admin')).to.equal('Require Admin Role!');
      });

      it('shows the admin board and the role once it is granted', async () => {
        const user = await service.newUser();
        await signIn(page, user);
        await page.getByText('User Content.').waitFor();
        await board(page, 'Admin');
        await service.repositories.users.grantRole(user.id, 'admin');
        await heard();
        await page.reload();
        await page.getByText('Admin Content.').waitFor();
        await page.getByRole('link', { name: user.username }).click();
        await page.getByText('ROLE_ADMIN').waitFor();
        await shot('profile');
      });

      it('shows the public board after a sign-out, and refuses the admin board', async () => {
        await signIn(page, await service.newUser('admin'));
        await page.getByText('User Content.').waitFor();
        await page.getByRole('button', { name: 'Sign out' }).click();
        await page.getByText('Public Content.').waitFor();
        expect(await board(page, 'Admin')).to.equal('No token provided!');
      });

      it('shows that a password is wrong, and signs in with the right one after that', async () => {
        const { username, password } = await service.newUser();
        await signIn(page, { username, password: 'violin harbour' });
        const refusal = page.locator('#sign-in .refusal');
        await refusal.getByText('Invalid username or password!').waitFor();
        await shot('sign-in');
        await submit(page, 'Sign in', { Username: username, Password: password });
        await page.getByText('User Content.').waitFor();
      });
    });
  }

  it('says that the session was ended elsewhere, and offers the sign-in', async () => {
    const { page } = await open(390);
    await signIn(page, await service.newUser());
    await page.getByText('User Content.').waitFor();
    await service.knex('sessions').update({ ended_at: new Date() });
    await page.getByRole('link', { name: 'Admin' }).click();
    await page
      .getByRole('status')
      .getByText('This refresh token is not valid. Sign in again.')
      .waitFor();
    expect(await page.getByRole('link', { name: 'Sign in' }).first().isVisible()).to.equal(true);
  });

  it('says that the service cannot be reached', async () => {
    const { page } = await open(390);
    await page.getByRole('link', { name: 'Sign in' }).first().click();
    await page.context().setOffline(true);
    await page.getByRole('link', { name: 'Public' }).click();
    await page
      .getByRole('alert')
      .getByText('The service cannot be reached right now. Try again in a moment.')
      .waitFor();
  });

  type Credentials = ReturnType<typeof newCredentials>;

  async function signUp(page: Page, { username, email, password }: Credentials): Promise<void> {
    await page.getByRole('link', { name: 'Sign up' }).first().click();
    const values = { Username: username, 'E-mail address': email, Password: password };
    await submit(page, 'Sign up', values);
  }

  async function signIn(
    page: Page,
    { username, password }: Pick<Credentials, 'username' | 'password'>,
  ): Promise<void> {
    await page.getByRole('link', { name: 'Sign in' }).first().click();
    await submit(page, 'Sign in', { Username: username, Password: password });
  }

  async function open(width: number): Promise<{ page: Page; complaints: string[] }> {
    const page = await browser!.newPage({ viewport: { width, height: 800 } });
    const complaints: string[] = [];
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      // Chromium logs every answer from 400 up as an error. This test causes such answers.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        complaints.push(message.text());
    });
    await page.goto(`${site!.url}/`);
    await page.getByText('Public Content.').waitFor();
    return { page, complaints };
  }

  /** Opens a board, and returns the text that it shows. */
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

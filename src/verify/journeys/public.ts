// Calls the public operations, and those that request mails. Sends no mail, because no user has the
// addresses.

import { newPassword } from '../users.ts';
import type { World } from '../world.ts';

/** Calls every public read, then requests mails for an unknown address and uses unknown links. */
export async function askPublic({ asking, stranger }: World): Promise<void> {
  for (const { id, method, isSecured, template, statuses } of asking.samples) {
    if (isSecured || method !== 'GET' || template.includes('{')) continue;
    const { headers } = await asking.ask(id, {
      name: 'without a token',
      expected: { status: 200 },
    });
    if (statuses.includes(304)) {
      const known = { 'if-none-match': String(headers['etag'] ?? '') };
      await asking.ask(id, {
        name: 'with its ETag',
        headers: known,
        expected: { status: 304 },
      });
    }
    if (statuses.includes(303)) {
      await asking.ask(id, {
        name: 'as a browser',
        headers: { accept: 'text/html' },
        expected: { status: 303 },
      });
    }
  }
  const { email } = stranger;
  // 503 without a mail server.
  const noted = { status: 202, or: { status: 503, code: 'unavailable' } };
  for (const id of ['requestPasswordReset', 'requestEmailVerification']) {
    await asking.ask(id, { name: 'an unknown address', body: { email }, expected: noted });
  }
  const token = newPassword();
  const refused = { status: 400, code: 'one_time_token_invalid' };
  await asking.ask('resetPassword', {
    name: 'an unknown link',
    body: { token, newPassword: newPassword() },
    expected: refused,
  });
  await asking.ask('verifyEmail', {
    name: 'an unknown link',
    body: { token },
    expected: refused,
  });
}

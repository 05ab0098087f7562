// What everybody may ask, and what mails are asked for with. Sends no mail: the addresses are nobody's.

import { newPassword } from '../users.ts';
import type { World } from '../world.ts';

export async function askPublic({ asking, stranger }: World): Promise<void> {
  for (const { id, method, isSecured, template, statuses } of asking.samples) {
    if (isSecured || method !== 'GET' || template.includes('{')) continue;
    const { headers } = await asking.ask(id, { name: 'as anybody', expected: { status: 200 } });
    if (statuses.includes(304)) {
      const known = { 'if-none-match': String(headers['etag'] ?? '') };
      await asking.ask(id, {
        name: 'with the ETag that it has',
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
  // Without a mail server, 503.
  const noted = { status: 202, or: { status: 503, code: 'unavailable' } };
  for (const id of ['requestPasswordReset', 'requestEmailVerification']) {
    await asking.ask(id, { name: "an address that is nobody's", body: { email }, expected: noted });
  }
  const token = newPassword();
  const refused = { status: 400, code: 'one_time_token_invalid' };
  await asking.ask('resetPassword', {
    name: 'a link that nobody was sent',
    body: { token, newPassword: newPassword() },
    expected: refused,
  });
  await asking.ask('verifyEmail', {
    name: 'a link that nobody was sent',
    body: { token },
    expected: refused,
  });
}

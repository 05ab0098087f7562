// Handlers for mailed links: password reset and verification of e-mail addresses. A response does
// not reveal whether an address is registered.

import type { Handlers } from '../contract/operations.ts';
import type { Caller, Client } from '../domain/callers/caller.ts';
import type { MailedLinks } from '../domain/mailing/mailed-links.ts';

type Mail = 'requestPasswordReset' | 'resetPassword' | 'requestEmailVerification' | 'verifyEmail';

/** The same response for every address, registered or not. */
const accepted = {
  status: 202,
  body: { message: 'If this address belongs to an account that can use it, a mail is on its way.' },
} as const;

export interface MailHandlersParts {
  readonly mailedLinks: MailedLinks;
}

export function createMailHandlers({
  mailedLinks,
}: MailHandlersParts): Pick<Handlers<Caller, Client>, Mail> {
  return {
    async requestPasswordReset({ body: { email }, client }) {
      await mailedLinks.request('password_reset', email, client);
      return accepted;
    },
    async resetPassword({ body: { token, newPassword }, client }) {
      await mailedLinks.resetPassword({ token, newPassword }, client);
      return { status: 204 };
    },
    async requestEmailVerification({ body: { email }, client }) {
      await mailedLinks.request('email_verification', email, client);
      return accepted;
    },
    async verifyEmail({ body: { token }, client }) {
      await mailedLinks.verifyEmail(token, client);
      return { status: 204 };
    },
  };
}

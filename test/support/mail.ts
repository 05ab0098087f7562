// The operations around mail, as tests call them, and a service with its own mail server.

import { expect } from 'chai';
import type { Received } from '../../tools/service/http.ts';
import {
  newCredentials,
  startService,
  type Service,
  type ServiceOptions,
  type TestUser,
} from './service.ts';
import { startMailServer, type MailServer, type ReceivedMail } from './smtp.ts';

export const minute = 60_000;
export const newPassword = 'another correct horse';
/** Members of the answer to a token that is not valid. */
export const refusal = {
  status: 400,
  code: 'one_time_token_invalid',
  message: 'This link is not valid any more. Ask for a new one.',
};

export function post(service: Service, path: string, body: object): Promise<Received> {
  return service.asGuest.post(`/api/auth/${path}`, body);
}

export function askForReset(service: Service, email: string): Promise<Received> {
  return post(service, 'password-reset/request', { email });
}

export function askForLink(service: Service, email: string): Promise<Received> {
  return post(service, 'email-verification/request', { email });
}

export function verify(service: Service, token: string): Promise<Received> {
  return post(service, 'email-verification', { token });
}

export function reset(service: Service, token: string, password = newPassword): Promise<Received> {
  return post(service, 'password-reset', { token, newPassword: password });
}

export function signIn(
  service: Service,
  user: Pick<TestUser, 'username' | 'password'>,
): Promise<Received> {
  return service.signIn(user);
}

/** Adds users without a mail in the outbox, and returns their addresses. They cannot sign in. */
export async function addUsers({ knex }: Service, count: number): Promise<string[]> {
  const users = Array.from({ length: count }, () => newCredentials());
  await knex('users').insert(
    users.map(({ username, email }) => ({ username, email, password_hash: 'x' })),
  );
  return users.map(({ email }) => email);
}

/** The rows of the outbox. */
export function waiting({
  knex,
}: Service): Promise<{ purpose: string; attempts: number; due_at: Date }[]> {
  return knex('mail_requests').orderBy('id').select('purpose', 'attempts', 'due_at');
}

/** A service with its own mail server. */
export interface MailedService {
  readonly service: Service;
  readonly server: MailServer;
  mailsTo(user: Pick<TestUser, 'email'>): ReceivedMail[];
  /** Asks for a password reset, sends the mail, and returns the token of its link. */
  newResetToken(user: Pick<TestUser, 'email'>): Promise<string>;
  /** When the user's address was verified; `null` when it was not. */
  verifiedAt(user: Pick<TestUser, 'id'>): Promise<Date | null | undefined>;
  close(): Promise<void>;
}

export async function startMailedService({
  config,
  ...options
}: ServiceOptions = {}): Promise<MailedService> {
  const server = await startMailServer();
  const service = await startService({ ...options, config: { smtpUrl: server.url, ...config } });
  const mailsTo: MailedService['mailsTo'] = ({ email }) =>
    server.mails.filter(({ to }) => to.includes(email));
  return {
    service,
    server,
    mailsTo,
    async newResetToken(user) {
      expect((await askForReset(service, user.email)).status).to.equal(202);
      await service.outbox.run();
      return mailsTo(user).at(-1)!.token;
    },
    verifiedAt: async ({ id }) => (await service.repositories.users.findById(id))?.emailVerifiedAt,
    async close() {
      await service.close();
      await server.close();
    },
  };
}

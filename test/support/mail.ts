// The operations around mail, as tests call them.

import type { Received } from '../../tools/service/http.ts';
import { newCredentials, type Service, type TestUser } from './service.ts';

export const minute = 60_000;
export const newPassword = 'another correct horse';
/** What is in the answer to a token that is not valid. */
export const refusal = {
  status: 400,
  code: 'one_time_token_invalid',
  message: 'This link is not valid any more. Ask for a new one.',
};

export function post(service: Service, path: string, body: object): Promise<Received> {
  return service.call({ method: 'POST', path: `/api/auth/${path}`, body });
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
  { username, password }: Pick<TestUser, 'username' | 'password'>,
): Promise<Received> {
  return post(service, 'signin', { username, password });
}

/** Adds users whom no mail is on its way to, and tells their addresses. Nobody can sign in as one of them. */
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

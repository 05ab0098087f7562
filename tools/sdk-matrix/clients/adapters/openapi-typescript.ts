// openapi-typescript generates the types, and openapi-fetch sends the requests. Text needs
// `parseAs: 'text'`.

import createClient from 'openapi-fetch';
import type { paths } from '../generated/openapi-typescript/schema.ts';
import { bearer, play, serviceUrl, type Answer } from '../scenario.ts';

const client = createClient<paths>({ baseUrl: serviceUrl });

interface Reply<Body> {
  readonly response: Response;
  readonly data?: Body;
  readonly error?: { readonly code: string };
}

async function answerOf<Body>(reply: Promise<Reply<Body>>): Promise<Answer<Body>> {
  const { response, data, error } = await reply;
  return { status: response.status, body: data, code: error?.code };
}

await play({
  signUp: (body) => answerOf(client.POST('/api/auth/signup', { body })),
  signIn: (body) =>
    answerOf(client.POST('/api/auth/signin', { body: { transport: 'body', ...body } })),
  getUserContent: (token) =>
    answerOf(client.GET('/api/test/user', { headers: bearer(token), parseAs: 'text' })),
  getAdminContent: (token) =>
    answerOf(client.GET('/api/test/admin', { headers: bearer(token), parseAs: 'text' })),
  refreshTokens: (body) => answerOf(client.POST('/api/auth/refresh', { body })),
  signOut: (token) => answerOf(client.POST('/api/auth/signout', { headers: bearer(token) })),
});

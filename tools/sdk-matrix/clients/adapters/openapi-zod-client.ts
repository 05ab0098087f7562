// openapi-zod-client: a Zodios client, which validates every answer against Zod schemas. It reads
// OpenAPI 3.0, and does not report the status of a success.

import { createApiClient } from '../generated/openapi-zod-client/client';
import { answerOf } from '../axios-answer.ts';
import { bearer, play, serviceUrl } from '../scenario.ts';

const client = createApiClient(serviceUrl);

function call<Body>(reply: Promise<Body>) {
  return answerOf(reply.then((data) => ({ status: 'success' as const, data })));
}

await play({
  signUp: (body) => call(client.signUp(body)),
  signIn: (body) => call(client.signIn(body)),
  getUserContent: (token) => call(client.getUserContent({ headers: bearer(token) })),
  getAdminContent: (token) => call(client.getAdminContent({ headers: bearer(token) })),
  refreshTokens: (body) => call(client.refreshTokens(body)),
  signOut: (token) => call(client.signOut(undefined, { headers: bearer(token) })),
});

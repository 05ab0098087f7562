// @hey-api/openapi-ts with its fetch client. The service accepts the token in three places; this
// adapter sends it in the first.

import { client } from '../generated/hey-api/client.gen';
import * as sdk from '../generated/hey-api';
import { play, serviceUrl, type Answer } from '../scenario.ts';

client.setConfig({ baseUrl: serviceUrl });

interface Reply<Body> {
  readonly response: Response;
  readonly data?: Body;
  readonly error?: { readonly code: string };
}

async function answerOf<Body>(reply: Promise<Reply<Body>>): Promise<Answer<Body>> {
  const { response, data, error } = await reply;
  return { status: response.status, body: data, code: error?.code };
}

function as(token: string) {
  return { auth: ({ scheme }: { scheme?: string }) => (scheme === 'bearer' ? token : undefined) };
}

await play({
  signUp: (body) => answerOf(sdk.signUp({ body })),
  signIn: (body) => answerOf(sdk.signIn({ body })),
  getUserContent: (token) => answerOf(sdk.getUserContent(as(token))),
  getAdminContent: (token) => answerOf(sdk.getAdminContent(as(token))),
  refreshTokens: (body) => answerOf(sdk.refreshTokens({ body })),
  signOut: (token) => answerOf(sdk.signOut(as(token))),
});

// oazapfts. An answer is a union of the declared answers, discriminated by the status.

import * as sdk from '../generated/oazapfts/client';
import { bearer, play, serviceUrl, type Answer } from '../scenario.ts';

sdk.defaults.baseUrl = serviceUrl;

type Reply<Body> =
  | { status: 200; data: Body }
  | { status: 201; data: Body }
  | { status: 204 }
  | { status: Refused; data: { code: string } };
type Refused = 400 | 401 | 403 | 413 | 415 | 500 | 503;

async function answerOf<Body>(pending: Promise<Reply<Body>>): Promise<Answer<Body>> {
  const reply = await pending;
  if (reply.status === 200 || reply.status === 201)
    return { status: reply.status, body: reply.data };
  return { status: reply.status, code: 'data' in reply ? reply.data.code : undefined };
}

await play({
  signUp: (body) => answerOf(sdk.signUp(body)),
  signIn: (body) => answerOf(sdk.signIn(body)),
  getUserContent: (token) => answerOf(sdk.getUserContent({ headers: bearer(token) })),
  getAdminContent: (token) => answerOf(sdk.getAdminContent({ headers: bearer(token) })),
  refreshTokens: (body) => answerOf(sdk.refreshTokens(body)),
  signOut: (token) => answerOf(sdk.signOut(undefined, {}, { headers: bearer(token) })),
});

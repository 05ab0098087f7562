// swagger-typescript-api with fetch. Text needs `format: 'text'`. For a refusal it throws the
// response.

import { Api, type HttpResponse } from '../generated/swagger-typescript-api/client';
import { bearer, codeOf, play, serviceUrl, type Answer } from '../scenario.ts';

const { api } = new Api({ baseUrl: serviceUrl });

async function answerOf<Body>(
  reply: Promise<HttpResponse<Body, { code: string }>>,
): Promise<Answer<Body>> {
  try {
    const { status, data } = await reply;
    return { status, body: data };
  } catch (refusal) {
    if (!(refusal instanceof Response)) throw refusal;
    return { status: refusal.status, code: codeOf(await refusal.json()) };
  }
}

await play({
  signUp: (body) => answerOf(api.signUp(body)),
  signIn: (body) => answerOf(api.signIn(body)),
  getUserContent: (token) =>
    answerOf(api.getUserContent({ headers: bearer(token), format: 'text' })),
  getAdminContent: (token) =>
    answerOf(api.getAdminContent({ headers: bearer(token), format: 'text' })),
  refreshTokens: (body) => answerOf(api.refreshTokens(body)),
  signOut: (token) => answerOf(api.signOut(undefined, { headers: bearer(token) })),
});

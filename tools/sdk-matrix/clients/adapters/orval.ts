// orval with its axios client. Its fetch client reads every body as JSON, even when the media type
// is text.

import * as sdk from '../generated/orval/client';
import { answerOf } from '../axios-answer.ts';
import { bearer, play, serviceUrl } from '../scenario.ts';

const baseURL = serviceUrl;

await play({
  signUp: (body) => answerOf(sdk.signUp(body, { baseURL })),
  signIn: (body) => answerOf(sdk.signIn(body, { baseURL })),
  getUserContent: (token) => answerOf(sdk.getUserContent({ baseURL, headers: bearer(token) })),
  getAdminContent: (token) => answerOf(sdk.getAdminContent({ baseURL, headers: bearer(token) })),
  refreshTokens: (body) => answerOf(sdk.refreshTokens(body, { baseURL })),
  signOut: (token) => answerOf(sdk.signOut(undefined, { baseURL, headers: bearer(token) })),
});

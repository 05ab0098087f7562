// openapi-typescript-codegen with fetch. It reads OpenAPI 3.0, keeps URL and token in one global
// object, and does not report the status of a success.

import {
  ApiError,
  AuthService,
  ContentService,
  OpenAPI,
} from '../generated/openapi-typescript-codegen';
import { codeOf, play, serviceUrl, type Answer } from '../scenario.ts';

OpenAPI.BASE = serviceUrl;

async function answerOf<Body>(reply: () => Promise<Body>, token = ''): Promise<Answer<Body>> {
  OpenAPI.TOKEN = token;
  try {
    return { status: 'success', body: await reply() };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: error.status, code: codeOf(error.body) };
  }
}

await play({
  signUp: (body) => answerOf(() => AuthService.signUp(body)),
  signIn: (body) => answerOf(() => AuthService.signIn(body)),
  getUserContent: (token) => answerOf(() => ContentService.getUserContent(), token),
  getAdminContent: (token) => answerOf(() => ContentService.getAdminContent(), token),
  refreshTokens: (body) => answerOf(() => AuthService.refreshTokens(undefined, body)),
  signOut: (token) => answerOf(() => AuthService.signOut(), token),
});

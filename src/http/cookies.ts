// Reads the cookies of a request. Nothing is decoded twice, and a request without cookies costs
// nothing.

import { parseCookie } from 'cookie';
import type { Request, RequestHandler } from 'express';

type Cookies = Readonly<Record<string, string | undefined>>;

export function cookiesOf(request: Request): Cookies {
  const { cookie } = request.headers;
  return cookie === undefined ? {} : parseCookie(cookie);
}

/** For operations with a cookie parameter: the validator and the handler read `request.cookies`. */
export const readCookies: RequestHandler = (request, _response, next) => {
  request.cookies = cookiesOf(request);
  next();
};

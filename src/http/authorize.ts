// Authorisation from the contract's security requirement: no other code decides what a caller may
// do. The caller is identified once. Three outcomes stay apart: no valid token is 401, a missing
// role is 403, an unavailable database is 503.

import type { Request, RequestHandler } from 'express';
import type { Requirement } from '../contract/document.ts';
import { AuthError } from '../domain/errors.ts';
import type { Caller } from '../domain/callers/caller.ts';
import type { Identify } from '../domain/callers/identify.ts';
import { readCredential, type Credential } from './credentials.ts';
import { localsOf } from './locals.ts';
import { isSafe, type IsTrusted } from './trusted-origin.ts';

/** The middleware for an operation with these alternative requirements; at least one. */
export function createAuthorize(
  alternatives: readonly Requirement[],
  identify: Identify,
  isTrusted: IsTrusted,
): RequestHandler {
  const accepted = alternatives.map(({ scheme }) => scheme);
  function judge(request: Request, caller: Caller, { scheme }: Credential): void {
    const open = alternatives.filter((alternative) => alternative.scheme === scheme);
    if (
      !open.some(({ roles }) =>
        roles.every((role) => (caller.roles as readonly string[]).includes(role)),
      )
    ) {
      throw new AuthError('role_required', { message: requirementText(open) });
    }
    if (scheme === 'accessTokenCookie' && !isSafe(request.method) && !isTrusted(request)) {
      throw new AuthError('cross_site_request');
    }
  }

  return function authorize(request, response, next) {
    const credential = readCredential(request, accepted);
    if (!credential) throw new AuthError('token_missing');
    const letIn = (caller: Caller) => {
      judge(request, caller, credential);
      localsOf(response).caller = caller;
      next();
    };
    const found = identify(credential.token);
    if (found instanceof Promise) found.then(letIn).catch(next);
    else letIn(found);
  };
}

/** For example `Require Moderator or Admin Role!`. */
function requirementText(alternatives: readonly Requirement[]): string {
  const names = alternatives.map(({ roles }) =>
    roles.map((role) => role.charAt(0).toUpperCase() + role.slice(1)).join(' and '),
  );
  return `Require ${[...new Set(names)].join(' or ')} Role!`;
}

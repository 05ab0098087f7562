// Authorisation from the contract's security requirement: no other code decides what a caller may
// do. The caller is identified once. Three outcomes stay apart: no valid token is 401, a missing
// role is 403, an unavailable database is 503.

import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Operation, Requirement } from '../contract/document.ts';
import { AuthError } from '../domain/errors.ts';
import type { Caller } from '../domain/callers/caller.ts';
import type { Identify } from '../domain/callers/identify.ts';
import { readCredential, type Credential } from './credentials.ts';
import { localsOf } from './locals.ts';
import { isSafe, type IsTrusted } from './trusted-origin.ts';

/**
 * The middleware for an operation with these alternative requirements; at least one. With an
 * optional token, a missing or refused token lets the request in without a caller.
 */
export function createAuthorize(
  { security: alternatives, isTokenOptional }: Pick<Operation, 'security' | 'isTokenOptional'>,
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

  function requireCaller(request: Request, response: Response, next: NextFunction): void {
    const credential = readCredential(request, accepted);
    if (!credential) throw new AuthError('token_missing');
    const letIn = (caller: Caller) => {
      judge(request, caller, credential);
      const locals = localsOf(response);
      locals.caller = caller;
      locals.byCookie = credential.scheme === 'accessTokenCookie';
      next();
    };
    const found = identify(credential.token);
    if (found instanceof Promise) found.then(letIn).catch(next);
    else letIn(found);
  }
  if (!isTokenOptional) return requireCaller;

  return function letInWithoutCaller(request, response, next) {
    const refuse = (error?: unknown) => {
      if (!isRefusal(error)) {
        next(error);
        return;
      }
      localsOf(response).refusal = error;
      next();
    };
    try {
      requireCaller(request, response, refuse);
    } catch (error) {
      refuse(error);
    }
  };
}

/** Whether no valid token was sent. */
function isRefusal(error: unknown): error is AuthError {
  return error instanceof AuthError && error.code.startsWith('token_');
}

/** For example `Require Moderator or Admin Role!`. */
function requirementText(alternatives: readonly Requirement[]): string {
  const names = alternatives.map(({ roles }) =>
    roles.map((role) => role.charAt(0).toUpperCase() + role.slice(1)).join(' and '),
  );
  return `Require ${[...new Set(names)].join(' or ')} Role!`;
}

// Proves what the contract's types refuse: `npm run typecheck` fails when a `@ts-expect-error` line
// has no error. This file is never run.

import type { Handlers, OperationReply, OperationRequest } from '../../src/contract/operations.ts';
import type { ErrorCode } from '../../src/contract/operations.ts';
import type { AuthErrorCode } from '../../src/domain/errors.ts';
import type { Caller, Client } from '../../src/domain/callers/caller.ts';
import type { Authority, Role } from '../../src/domain/roles.ts';
import type * as contract from '../../src/contract/operations.ts';

declare const handlers: Handlers<Caller, Client>;
const { getAdminContent, ...others } = handlers;

/** The complete set of handlers compiles. */
export const complete: Handlers<Caller, Client> = { ...others, getAdminContent };

// @ts-expect-error -- a handler is missing
export const missing: Handlers<Caller, Client> = { ...others };

export const stale: Handlers<Caller, Client> = {
  ...others,
  getAdminContent,
  // @ts-expect-error -- the contract has no such operation (any more)
  getOldContent: getAdminContent,
};

export const undeclaredStatus: Pick<Handlers<Caller, Client>, 'getPublicContent'> = {
  // @ts-expect-error -- 202 is not declared
  getPublicContent: () => Promise.resolve({ status: 202, body: 'Public Content.' }),
};

export const returnedFailure: Pick<Handlers<Caller, Client>, 'getPublicContent'> = {
  // @ts-expect-error -- 400 is declared, but failures are thrown
  getPublicContent: () => Promise.resolve({ status: 400, body: 'Public Content.' }),
};

export const wrongBody: Pick<Handlers<Caller, Client>, 'getLiveness'> = {
  // @ts-expect-error -- the status is `alive`
  getLiveness: () => Promise.resolve({ status: 200, body: { status: 'dead' } }),
};

export const missingMember: OperationReply<'signUp'> = {
  status: 201,
  // @ts-expect-error -- the user is missing
  body: { message: 'User registered successfully!' },
};

export function callerWherePublic(request: OperationRequest<'signIn', Caller, Client>): unknown {
  // @ts-expect-error -- a public operation has no caller
  return request.caller;
}

export function callerWhereSecured(
  request: OperationRequest<'getAdminContent', Caller, Client>,
): Caller {
  return request.caller;
}

export function unknownMember(request: OperationRequest<'signUp', Caller, Client>): unknown {
  // @ts-expect-error -- the contract declares no such member
  return request.body.admin;
}

export function optionalMember({ body }: OperationRequest<'signUp', Caller, Client>): number {
  // @ts-expect-error -- roles may be left out
  return body.roles.length;
}

export function declaredHeader({
  headers,
}: OperationRequest<'deleteUser', Caller, Client>): string | undefined {
  return headers['If-Match'];
}

export function undeclaredHeader({
  headers,
}: OperationRequest<'getUser', Caller, Client>): unknown {
  // @ts-expect-error -- the contract declares no such header
  return headers['If-Match'];
}

// The domain does not import the contract, so these types must stay equal.
type Same<Left, Right> = [Left, Right] extends [Right, Left] ? true : false;
export const sameCodes: Same<AuthErrorCode, ErrorCode> = true;
export const sameRoles: Same<Role, contract.Role> = true;
export const sameAuthorities: Same<Authority, contract.Authority> = true;

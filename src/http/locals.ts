// What the steps of one request tell each other.

import type { Response } from 'express';
import type { OperationId } from '../contract/operations.ts';
import type { Caller } from '../domain/callers/caller.ts';

export interface Locals {
  requestId: string;
  /** The client's address, if the proxy that wrote it is to be trusted; it is gone with the socket. */
  ip: string | undefined;
  /** Absent until the router has found it, and where there is none. */
  operation: OperationId | undefined;
  /** Whom `authorize` let in; absent on public operations. */
  caller: Caller | undefined;
}

/** All members from the beginning, so that V8 gives every request the same, fast, kind of object. */
export function createLocals(): Locals {
  return { requestId: '', ip: undefined, operation: undefined, caller: undefined };
}

export function localsOf(response: Response): Locals {
  return response.locals as Locals;
}

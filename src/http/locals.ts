// What the steps of one request tell each other.

import type { Response } from 'express';
import type { OperationId } from '../contract/operations.ts';
import type { Caller } from '../domain/caller.ts';

export interface Locals {
  requestId: string;
  /** Absent until the router has found it, and where there is none. */
  operation?: OperationId;
  /** Whom `authorize` let in; absent on public operations. */
  caller?: Caller;
}

export function localsOf(response: Response): Locals {
  return response.locals as Locals;
}

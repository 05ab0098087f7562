// Merges the groups into one handler for each operation. A missing or a stale handler does not
// compile.

import type { Handlers } from '../contract/operations.ts';
import type { Caller, Client } from '../domain/callers/caller.ts';
import { createAccountHandlers, type AccountHandlersParts } from './account.ts';
import { createAuditHandlers, type AuditHandlersParts } from './audit.ts';
import { createAuthHandlers, type AuthHandlersParts } from './auth.ts';
import { createContentHandlers } from './content.ts';
import { createDocsHandlers, type DocsHandlersParts } from './docs.ts';
import { createMailHandlers, type MailHandlersParts } from './mail.ts';
import { createSystemHandlers, type SystemHandlersParts } from './system.ts';
import { createUserHandlers, type UserHandlersParts } from './users.ts';

type HandlersParts = AccountHandlersParts &
  AuditHandlersParts &
  AuthHandlersParts &
  DocsHandlersParts &
  MailHandlersParts &
  SystemHandlersParts &
  UserHandlersParts;

export function createHandlers(parts: HandlersParts): Handlers<Caller, Client> {
  return {
    ...createAuthHandlers(parts),
    ...createAccountHandlers(parts),
    ...createMailHandlers(parts),
    ...createAuditHandlers(parts),
    ...createContentHandlers(),
    ...createSystemHandlers(parts),
    ...createUserHandlers(parts),
    ...createDocsHandlers(parts),
  };
}

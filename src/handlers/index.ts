// Merges the groups into one handler for each operation. A missing or a stale one does not compile.

import type { Handlers } from '../contract/operations.ts';
import type { Caller, Client } from '../domain/callers/caller.ts';
import { createAccountHandlers } from './account.ts';
import { createAuditHandlers } from './audit.ts';
import { createAuthHandlers } from './auth.ts';
import { createContentHandlers } from './content.ts';
import { createDocsHandlers } from './docs.ts';
import { createMailHandlers } from './mail.ts';
import { createSystemHandlers } from './system.ts';
import { createUserHandlers } from './users.ts';

type Parts = Parameters<typeof createAccountHandlers>[0] &
  Parameters<typeof createAuditHandlers>[0] &
  Parameters<typeof createAuthHandlers>[0] &
  Parameters<typeof createDocsHandlers>[0] &
  Parameters<typeof createMailHandlers>[0] &
  Parameters<typeof createSystemHandlers>[0] &
  Parameters<typeof createUserHandlers>[0];

export function createHandlers(parts: Parts): Handlers<Caller, Client> {
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

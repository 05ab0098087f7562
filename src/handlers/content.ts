// Handlers for sample content. The contract, not this file, decides which caller may read it.

import type { Handlers } from '../contract/operations.ts';
import type { Caller, Client } from '../domain/callers/caller.ts';

type Content = 'getPublicContent' | 'getUserContent' | 'getModeratorContent' | 'getAdminContent';

export function createContentHandlers(): Pick<Handlers<Caller, Client>, Content> {
  return {
    getPublicContent: () => Promise.resolve({ status: 200, body: 'Public Content.' }),
    getUserContent: () => Promise.resolve({ status: 200, body: 'User Content.' }),
    getModeratorContent: () => Promise.resolve({ status: 200, body: 'Moderator Content.' }),
    getAdminContent: () => Promise.resolve({ status: 200, body: 'Admin Content.' }),
  };
}

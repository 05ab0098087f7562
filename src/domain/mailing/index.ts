// Mailing: the outbox that sends mails, and the operations behind the links in them.

import type { Repositories } from '../../db/repositories.ts';
import type { Passwords } from '../passwords/index.ts';
import { createMailedLinks, type MailedLinks } from './mailed-links.ts';
import { createOutbox, type Outbox, type OutboxParts } from './outbox.ts';

export interface Mailing {
  readonly outbox: Outbox;
  readonly mailedLinks: MailedLinks;
}

export interface MailingParts extends OutboxParts {
  readonly repositories: Repositories;
  readonly passwords: Passwords;
}

export function createMailing(parts: MailingParts): Mailing {
  const outbox = createOutbox(parts);
  return { outbox, mailedLinks: createMailedLinks({ ...parts, outbox }) };
}

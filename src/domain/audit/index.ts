// The audit. This folder reads the events and defines their form (audit-event.ts). Each capability
// writes its own events, in the transaction of the change.

import type { Repositories } from '../../db/repositories.ts';
import { createListAuditEvents, type ListAuditEvents } from './audit-log.ts';

export interface Audit {
  readonly listAuditEvents: ListAuditEvents;
}

export function createAudit({ auditEvents }: Pick<Repositories, 'auditEvents'>): Audit {
  return { listAuditEvents: createListAuditEvents(auditEvents) };
}

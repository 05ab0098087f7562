// The audit: events are written by the capabilities that they tell of (audit-event.ts), in the same
// transaction. This reads them.

import type { Repositories } from '../../db/repositories.ts';
import { createListAuditEvents, type ListAuditEvents } from './audit-log.ts';

export interface Audit {
  readonly listAuditEvents: ListAuditEvents;
}

export function createAudit({ auditEvents }: Pick<Repositories, 'auditEvents'>): Audit {
  return { listAuditEvents: createListAuditEvents(auditEvents) };
}

import { expect } from 'chai';
import { newCredentials, startService, type Service } from '../support/service.ts';

// The patterns of the contract refuse what a validating client refuses.

describe('the patterns of the contract', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());

  for (const email of ['a..b@example.com', '.a@example.com', 'a.@example.com'])
    it(`refuse a sign-up as ${email}, whose local part is no dot-string`, async () => {
      const answer = await service.asGuest.post('/api/auth/signup', { ...newCredentials(), email });
      expect(answer.body).to.include({ status: 400, code: 'validation_failed' });
    });

  for (const time of [
    '2026-55-01T00:00:00Z',
    '2026-11-32T00:00:00Z',
    '2026-11-24T10:30:60Z',
    '2026-11-24T10:30:00+25:00',
  ])
    it(`refuse the time ${time}`, async () => {
      const admin = await service.newUser('admin');
      const answer = await service
        .asUser(admin)
        .get(`/api/audit-events?from=${encodeURIComponent(time)}`);
      expect(answer.body).to.include({ status: 400, code: 'validation_failed' });
    });
});

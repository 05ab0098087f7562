import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { createAccountSessions } from '../../../src/domain/sessions/account-sessions.ts';
import { startService } from '../../support/service.ts';

describe('the list of sessions', () => {
  it('is refused, not empty, when the own session ends after the token was checked', async () => {
    const service = await startService();
    const { id: userId, username } = await service.newUser();
    const sessions = createAccountSessions({
      repositories: service.repositories,
      times: { sessionIdleTtl: 60 },
      now: Date.now,
    });
    const outcome = await sessions
      .list({ userId, username, sessionId: randomUUID(), roles: ['user'] })
      .catch((error: unknown) => error);
    expect(outcome).to.include({ code: 'token_invalid' });
    await service.close();
  });
});

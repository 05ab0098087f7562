import { expect } from 'chai';
import type { Received } from '../../../tools/service/http.ts';
import { startNode, type Running } from '../../../tools/service/process.ts';
import { createTestClient } from '../../support/client.ts';
import { createDatabase, run } from '../../support/postgres.ts';
import { bearer, callAt, newCredentials, startService } from '../../support/service.ts';

describe('50 simultaneous refreshes of one token, on two nodes in two processes', () => {
  let databaseUrl: string;
  let nodes: Running[];
  let calls: ReturnType<typeof callAt>[];
  before(async () => {
    databaseUrl = await createDatabase();
    const environment = {
      DATABASE_URL: databaseUrl,
      PORT: '0',
      JWT_SECRET: 'long enough a secret for two processes',
    };
    nodes = [startNode(environment), startNode(environment)];
    calls = (await Promise.all(nodes.map((node) => node.url()))).map(callAt);
  });
  after(async () => {
    for (const node of nodes) node.kill('SIGTERM');
    expect(await Promise.all(nodes.map(({ ended }) => ended))).to.deep.equal([0, 0]);
  });
  const asGuestOn = (index: number) => createTestClient(calls[index % 2]!);
  const refresh = (index: number, refreshToken: string): Promise<Received> =>
    asGuestOn(index).post('/api/auth/refresh', { refreshToken });
  const read = (index: number, { body }: Received) =>
    createTestClient(calls[index]!, bearer(body.accessToken as string)).get('/api/test/user');

  it('rotate the token once, all get the same new token, and the session stays', async () => {
    const credentials = newCredentials();
    await asGuestOn(0).post('/api/auth/signup', credentials);
    const { username, password } = credentials;
    const signedIn = await asGuestOn(1).post('/api/auth/signin', { username, password });
    const { sessionId } = signedIn.body as { sessionId: string };
    let { refreshToken } = signedIn.body as { refreshToken: string };
    for (let round = 1; round <= 5; round++) {
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) => refresh(index, refreshToken)),
      );
      expect(answers.map(({ status }) => status)).to.deep.equal(Array(50).fill(200));
      const next = new Set(
        answers.map(({ body }) => (body as { refreshToken: string }).refreshToken),
      );
      expect(next.size).to.equal(1);
      const { rows } = await run(
        databaseUrl,
        `select refresh_counter, ended_at from sessions where id = '${sessionId}'`,
      );
      expect(rows).to.deep.equal([{ refresh_counter: round, ended_at: null }]);
      const reads = await Promise.all([read(0, answers[0]!), read(1, answers[1]!)]);
      expect(reads.map(({ status }) => status)).to.deep.equal([200, 200]);
      refreshToken = [...next][0]!;
    }
    const { rows } = await run(
      databaseUrl,
      "select count(*)::int as events from audit_events where type = 'refresh_token_reused'",
    );
    expect(rows).to.deep.equal([{ events: 0 }]);
  });
});

describe('1,000 refreshes of one session', () => {
  it('leave one row, no audit event, and a table of a few pages', async () => {
    const databaseUrl = await createDatabase();
    const service = await startService({ databaseUrl });
    let { refreshToken } = await service.newUser();
    for (let turn = 0; turn < 1_000; turn++) {
      ({ refreshToken } = (await service.asGuest.post('/api/auth/refresh', { refreshToken })).body);
    }
    const { rows } = await run(
      databaseUrl,
      `select (select count(*)::int from sessions) as sessions,
              (select count(*)::int from audit_events
                where type not in ('signed_up', 'signed_in')) as events,
              pg_relation_size('sessions')::int as bytes,
              pg_indexes_size('sessions')::int as index_bytes`,
    );

    expect(rows[0]).to.include({ sessions: 1, events: 0 });
    // Each refresh rewrites the row in its own page and touches no index (see the migration).
    // Without that, 1,000 versions would take 130 kB.
    expect(rows[0].bytes).to.be.at.most(2 * 8_192);
    expect(rows[0].index_bytes).to.be.at.most(8 * 8_192);
    await service.close();
  });
});

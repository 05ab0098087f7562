import { expect } from 'chai';
import { startService, type Service, type TestUser } from '../../support/service.ts';

interface Event {
  readonly id: number;
  readonly type: string;
  readonly occurredAt: string;
}

describe('listAuditEvents', () => {
  let service: Service;
  let admin: TestUser;
  before(async () => {
    service = await startService();
    admin = await service.newUser('admin');
  });
  after(() => service.close());
  /** One page of events. */
  async function read(query: string): Promise<{ events: Event[]; nextCursor: string | null }> {
    const answer = await service.asUser(admin).get(`/api/audit-events?${query}`);
    expect(answer.status).to.equal(200);
    return answer.body as { events: Event[]; nextCursor: string | null };
  }

  it('gives each event once, newest first, while new events arrive between pages', async () => {
    const user = await service.newUser();
    for (let turn = 0; turn < 9; turn++) await service.signIn({ ...user, password: 'x' });
    const seen: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await read(`subjectId=${user.id}&limit=4${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.events.map(({ id }) => id));
      cursor = page.nextCursor;
      await service.signIn({ ...user, password: 'x' });
    }
    expect(seen).to.have.lengthOf(11);
    expect(seen).to.deep.equal([...new Set(seen)].sort((left, right) => right - left));
  });

  describe('with a filter', () => {
    let user: TestUser;
    let all: Event[];
    before(async () => {
      user = await service.newUser();
      await service.asUser(user).post('/api/auth/signout');
      all = (await read(`actorId=${user.id}`)).events;
    });
    const typesOf = async (query: string) =>
      (await read(`actorId=${user.id}&${query}`)).events.map(({ type }) => type);
    /** The times of the last and the first event. */
    const times = () => ({ out: all[0]!.occurredAt, up: all[2]!.occurredAt });

    it('selects by the actor', () => {
      expect(all.map(({ type }) => type)).to.deep.equal(['signed_out', 'signed_in', 'signed_up']);
    });

    it('selects by the type', async () => {
      expect(await typesOf('type=signed_in')).to.deep.equal(['signed_in']);
    });

    it('selects by the subject', async () => {
      expect(await typesOf(`subjectId=${admin.id}`)).to.deep.equal([]);
    });

    it('includes the start of a time range, and excludes its end', async () => {
      const { out, up } = times();
      expect(await typesOf(`from=${out}`)).to.deep.equal(['signed_out']);
      expect(await typesOf(`to=${out}`)).to.deep.equal(['signed_in', 'signed_up']);
      expect(await typesOf(`from=${up}&to=${out}`)).to.deep.equal(['signed_in', 'signed_up']);
    });

    it('accepts a time in the future, with an offset from UTC', async () => {
      const from = encodeURIComponent('2999-01-01T00:00:00+01:00');
      expect(await typesOf(`from=${from}`)).to.deep.equal([]);
    });
  });

  const refused: [string, string][] = [
    ['type=signed', '/query/type'],
    ['type=signed_in&type=signed_up', '/query/type'],
    ['actorId=0', '/query/actorId'],
    ['actorId=alice', '/query/actorId'],
    ['subjectId=1.5', '/query/subjectId'],
    ['subjectId=9007199254740993', '/query/subjectId'],
    ['from=yesterday', '/query/from'],
    ['to=2016-12-31T23:59:60Z', '/query/to'],
    ['to=2026-02-30T00:00:00Z', '/query/to'],
    ['to=2026-01-01T24:00:00Z', '/query/to'],
    ['to=2026-01-01T00:00:00%2B0100', '/query/to'],
    ['limit=0', '/query/limit'],
    ['limit=101', '/query/limit'],
    ['limit=', '/query/limit'],
    ['cursor=', '/query/cursor'],
    ['cursor=AAAA', '/query/cursor'],
    ['cursor=%00', '/query/cursor'],
    [`cursor=${'A'.repeat(201)}`, '/query/cursor'],
  ];
  for (const [query, path] of refused) {
    it(`refuses the query ?${query.slice(0, 60)}`, async () => {
      const answer = await service.asUser(admin).get(`/api/audit-events?${query}`);
      expect(answer.body).to.include({ status: 400, code: 'validation_failed' });
      expect((answer.body.errors as { path: string }[])[0]?.path).to.equal(path);
    });
  }
});

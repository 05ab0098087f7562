import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import pg from 'pg';
import { leaseTime } from '../../../src/db/changes/lease.ts';
import { askAsModerator } from '../../support/callers.ts';
import { createDatabase } from '../../support/postgres.ts';
import { startService, type Service, type TestUser } from '../../support/service.ts';

// Random changes by two nodes and psql, and random reads at the same time. No answer may be
// outdated. This holds from the end of the change on the node that made it, and from 50 ms after it
// on the other node. PROPERTY_SEED repeats a run.

const seed = Number(process.env['PROPERTY_SEED'] ?? Date.now() % 2 ** 31);
const makers = ['first', 'second', 'psql'] as const;
type Maker = (typeof makers)[number];
type Node = Exclude<Maker, 'psql'>;
const kinds = ['grant', 'revoke', 'disable', 'enable', 'end'] as const;
type Kind = (typeof kinds)[number];

interface State {
  readonly isModerator: boolean;
  readonly isEnabled: boolean;
  readonly hasSession: boolean;
}

/** The state of a user from some moment between `begun` and `done`. */
interface Version extends State {
  readonly by: Maker;
  readonly begun: number;
  readonly done: number;
}

interface Subject {
  readonly user: TestUser;
  readonly history: Version[];
}

interface Read {
  readonly node: Node;
  readonly of: Subject;
  readonly sent: number;
  readonly answered: number;
  readonly status: number;
}

const person = fc.nat(2);
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('change'),
      person,
      by: fc.constantFrom(...makers),
      kind: fc.constantFrom(...kinds),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      what: fc.constant('read'),
      person,
      node: fc.constantFrom('first', 'second'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant('wait'),
      milliseconds: fc.constantFrom(0, 1, 5, 20, leaseTime, 80),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('break') }) },
) as fc.Arbitrary<
  | { what: 'change'; person: number; by: Maker; kind: Kind }
  | { what: 'read'; person: number; node: Node }
  | { what: 'wait'; milliseconds: number }
  | { what: 'break' }
>;

describe('two nodes under random changes of callers', () => {
  let nodes: Record<Node, Service>;
  let psql: pg.Client;
  let admin: TestUser;
  let reads = 0;
  let changes = 0;
  before(async () => {
    const databaseUrl = await createDatabase();
    nodes = {
      first: await startService({ databaseUrl }),
      second: await startService({ databaseUrl }),
    };
    psql = new pg.Client({ connectionString: databaseUrl });
    await psql.connect();
    admin = await nodes.first.newUser('admin');
  });
  after(async () => {
    await psql.end();
    await Promise.all([nodes.first.close(), nodes.second.close()]);
    console.log(`    ${changes} changes, ${reads} reads, PROPERTY_SEED=${seed}`);
  });

  async function newSubject(): Promise<Subject> {
    const user = await nodes.first.newUser('moderator');
    const now = performance.now();
    return {
      user,
      history: [
        {
          isModerator: true,
          isEnabled: true,
          hasSession: true,
          by: 'psql',
          begun: now,
          done: now - leaseTime,
        },
      ],
    };
  }

  async function change({ user, history }: Subject, by: Maker, kind: Kind): Promise<void> {
    const begun = performance.now();
    await (by === 'psql' ? psql.query(statementOf(kind, user)) : callFor(nodes[by], kind, user));
    const before = history.at(-1)!;
    const ends = kind === 'end' || (kind === 'disable' && by !== 'psql' && before.isEnabled);
    history.push({
      isModerator: kind === 'grant' || (kind !== 'revoke' && before.isModerator),
      isEnabled: kind === 'enable' || (kind !== 'disable' && before.isEnabled),
      hasSession: !ends && before.hasSession,
      by,
      begun,
      done: performance.now(),
    });
  }

  async function callFor(node: Service, kind: Kind, { id }: TestUser): Promise<void> {
    const client = node.asUser(admin);
    const path = `/api/users/${id}`;
    const requests = {
      grant: () => client.put(`${path}/roles`, { roles: ['user', 'moderator'] }),
      revoke: () => client.put(`${path}/roles`, { roles: ['user'] }),
      disable: () => client.patch(path, { disabled: true }),
      enable: () => client.patch(path, { disabled: false }),
      end: () => client.delete(`${path}/sessions`),
    };
    expect((await requests[kind]()).status).to.be.within(200, 204);
  }

  async function read(of: Subject, node: Node): Promise<Read> {
    const sent = performance.now();
    const status = await askAsModerator(nodes[node], of.user);
    return { node, of, sent, status, answered: performance.now() };
  }

  it('give no answer that was outdated for over 50 ms', async function () {
    this.timeout(120_000);
    const property = fc.asyncProperty(
      fc.array(step, { minLength: 30, maxLength: 80 }),
      async (steps) => {
        const subjects = [await newSubject(), await newSubject(), await newSubject()];
        const reading: Promise<Read>[] = [];
        for (const each of steps) {
          if (each.what === 'change') await change(subjects[each.person]!, each.by, each.kind);
          if (each.what === 'read') reading.push(read(subjects[each.person]!, each.node));
          if (each.what === 'wait') await pause(each.milliseconds);
          if (each.what === 'break') await psql.query(breakOne);
        }
        for (const { node, of, sent, answered, status } of await Promise.all(reading)) {
          const oldest = of.history.findLastIndex(
            ({ by, done }) => done + (by === node ? 0 : leaseTime) <= sent,
          );
          const possible = of.history.slice(oldest).filter(({ begun }) => begun <= answered);
          expect(
            possible.map(statusOf),
            `on the ${node} node, of ${JSON.stringify(of.history)}, sent ${sent}`,
          ).to.include(status);
        }
        reads += reading.length;
        changes += subjects.reduce((sum, { history }) => sum + history.length - 1, 0);
      },
    );
    await fc.assert(property, { seed, numRuns: 20, endOnFailure: true });
  });
});

function statusOf({ isModerator, isEnabled, hasSession }: State): number {
  return isEnabled && hasSession ? (isModerator ? 200 : 403) : 401;
}

const breakOne = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and application_name = 'rolegate listener' limit 1`;

function statementOf(kind: Kind, { id }: TestUser): string {
  const moderator = `(select id from roles where name = 'moderator')`;
  return {
    grant: `insert into user_roles select ${id}, ${moderator} on conflict do nothing`,
    revoke: `delete from user_roles where user_id = ${id} and role_id = ${moderator}`,
    disable: `update users set disabled_at = now() where id = ${id}`,
    enable: `update users set disabled_at = null where id = ${id}`,
    end: `update sessions set ended_at = now() where user_id = ${id}`,
  }[kind];
}

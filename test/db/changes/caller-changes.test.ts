import { expect } from 'chai';
import pg from 'pg';
import { createDatabase } from '../../support/postgres.ts';

describe('the notification of caller changes', () => {
  let psql: pg.Client;
  let received: string[] = [];
  before(async () => {
    const connectionString = await createDatabase();
    psql = new pg.Client({ connectionString });
    await psql.connect();
    await psql.query(
      `insert into users (username, email, password_hash)
       select 'u' || n, 'u' || n, 'x' from generate_series(1, 1000) n`,
    );
    await psql.query(
      `insert into sessions (id, user_id, refresh_salt, created_at, rotated_at, expires_at)
       select gen_random_uuid(), id, '', now(), now(), now() + interval '1 day' from users`,
    );
    psql.on('notification', ({ payload }) => received.push(payload ?? ''));
    await psql.query('listen rolegate_callers');
  });
  after(() => psql.end());
  beforeEach(() => {
    received = [];
  });

  it('is not sent for changes that no cached caller depends on', async () => {
    await psql.query(
      'update sessions set refresh_counter = refresh_counter + 1, rotated_at = now()',
    );
    await psql.query(`update users set password_hash = 'y', email = 'v' || id`);
    await psql.query(
      `insert into users (username, email, password_hash) values ('new', 'new', 'x')`,
    );
    await psql.query(
      `insert into sessions
         (id, user_id, refresh_salt, created_at, rotated_at, expires_at, ended_at)
       select gen_random_uuid(), id, '', now(), now(), now() + interval '1 day', now()
       from users where username = 'new'`,
    );
    await psql.query('delete from sessions where ended_at is not null');
    await psql.query(`begin; update users set disabled_at = now(); rollback`);
    expect(received).to.deep.equal([]);
  });

  it('names each user once, however often a transaction changes the user', async () => {
    await psql.query(
      'begin; update users set disabled_at = now() where id < 4; ' +
        'update sessions set ended_at = now() where user_id < 3',
    );
    await psql.query('update users set disabled_at = null where id < 4; commit');
    expect(received).to.deep.equal(['1', '2', '3']);
  });

  for (const [what, statement] of [
    ['one statement', `update users set disabled_at = now()`],
    [
      'one statement a user',
      `do $$ begin for n in 1..1000 loop
         update users set disabled_at = clock_timestamp() where id = n;
       end loop; end $$`,
    ],
    ['a delete that cascades', 'delete from users'],
  ] as const) {
    it(`ends with "all users" when a thousand users change by ${what}`, async () => {
      await psql.query(statement);
      expect(received).to.have.length.within(100, 350);
      expect(received.indexOf('*')).to.equal(received.length - 1);
    });
  }
});

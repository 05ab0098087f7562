import { Writable } from 'node:stream';
import { expect } from 'chai';
import pg from 'pg';
import { createLogger } from '../../src/observability/logger.ts';
import { createDatabase } from '../support/postgres.ts';

function lines(): { stream: Writable; text: () => string } {
  let text = '';
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  return { stream, text: () => text };
}

describe('the log', () => {
  it('leaves out the values of a row that PostgreSQL quotes in an error', async () => {
    const client = new pg.Client({ connectionString: await createDatabase() });
    await client.connect();
    const failure = await client
      .query(
        `insert into users (username, email, password_hash)
         values ('x', null, '$2b$10$secrethash')`,
      )
      .catch((error: unknown) => error);
    await client.end();
    expect(failure).to.have.property('detail').that.contains('secrethash');

    const { stream, text } = lines();
    createLogger({ level: 'info', pretty: false }, stream).error(
      { err: new Error('outer', { cause: failure }) },
      'failed',
    );
    expect(text()).not.to.contain('secrethash');
    expect(JSON.parse(text())).to.have.nested.property('err.cause.code', '23502');
  });

  it('leaves out a thrown value that is not an error', () => {
    const { stream, text } = lines();
    createLogger({ level: 'info', pretty: false }, stream).error(
      { err: 'password=hunter2' },
      'failed',
    );
    expect(text()).not.to.contain('hunter2');
  });

  it('redacts passwords, password hashes and authorization headers', () => {
    const { stream, text } = lines();
    const logger = createLogger({ level: 'info', pretty: false }, stream);
    logger.info(
      {
        password: 'hunter2',
        user: { passwordHash: 'hunter2' },
        request: { headers: { authorization: 'hunter2' } },
      },
      'oops',
    );
    expect(text()).not.to.contain('hunter2');
  });
});

import { expect } from 'chai';
import { createClient, type Client } from '../../src/client/index.ts';
import { createDatabase } from '../support/postgres.ts';
import { startProxy, type Proxy } from '../support/proxy.ts';
import { refusal } from '../support/refusal.ts';
import { newCredentials, startService, type Service } from '../support/service.ts';

describe('a client while the database is unavailable', () => {
  let proxy: Proxy;
  let service: Service;
  before(async () => {
    proxy = await startProxy(await createDatabase());
    service = await startService({ databaseUrl: proxy.url, silenceLimit: 500 });
  });
  after(async () => {
    await service.close();
    await proxy.close();
  });

  let client: Client;
  beforeEach(async () => {
    client = createClient({ baseUrl: service.url });
    const { username, password } = await service.newUser();
    await client.signIn({ username, password });
    proxy.cut();
  });
  afterEach(() => {
    proxy.mend();
  });

  it('throws the 503 of a change at once', async () => {
    const error = await refusal(client.signUp(newCredentials()));
    expect(error).to.include({ code: 'unavailable', status: 503, retryAfter: 2 });
  });

  it('repeats a read until the database is available again', async () => {
    const answer = client.get('/api/test/user');
    setTimeout(() => {
      proxy.mend();
    }, 500);
    expect(await answer).to.equal('User Content.');
  });
});

import { expect } from 'chai';
import { follow, links, toSent, type Call, type Link } from '../../support/links.ts';
import { operations } from '../../support/operations.ts';
import {
  newCredentials,
  startService,
  type Service,
  type TestUser,
} from '../../support/service.ts';

// Every link of the contract is walked as a stateful tester would: the operation that bears it is called anew, what its expressions name is taken from that
// exchange, and the operation that it leads to must answer with a success.

describe('the links of the contract', () => {
  let service: Service;
  let admin: TestUser;
  before(async () => {
    service = await startService();
    admin = await service.newUser('admin');
    await service.newUser(); // so that there is a second page of everything
  });
  after(() => service.close());

  /** How each operation that bears links is called. */
  const starts: Record<string, () => Promise<Omit<Call, 'operationId'>>> = {
    signUp: () => Promise.resolve({ body: newCredentials() }),
    async signIn() {
      const { username, password } = await service.newUser('moderator', 'admin');
      return { body: { username, password } };
    },
    refreshTokens: async () => ({ body: { refreshToken: (await service.newUser()).refreshToken } }),
    getAccount: async () => ({ token: (await service.newUser()).token }),
    listSessions: async () => ({ token: (await service.newUser()).token }),
    listUsers: () => Promise.resolve({ parameters: { limit: 1 }, token: admin.token }),
    createUser: () => Promise.resolve({ body: newCredentials(), token: admin.token }),
    getUser: () => aboutSomebody(undefined),
    updateUser: () => aboutSomebody({ disabled: true }),
    setUserRoles: () => aboutSomebody({ roles: ['admin'] }),
    listUserSessions: () => aboutSomebody(undefined),
    listRoles: () => Promise.resolve({ token: admin.token }),
    listAuditEvents: () => Promise.resolve({ parameters: { limit: 1 }, token: admin.token }),
  };
  async function aboutSomebody(body: unknown): Promise<Omit<Call, 'operationId'>> {
    const { id } = await service.newUser();
    return { parameters: { userId: id }, token: admin.token, body };
  }

  async function walk(link: Link) {
    const start = starts[link.source];
    if (!start) throw new Error(`say in this test how ${link.source} is called`);
    const asked = { operationId: link.source, ...(await start()) };
    const answer = await service.call(toSent(asked));
    expect(answer.status, link.source).to.equal(link.status);
    const { accessToken = asked.token ?? admin.token } = answer.body as { accessToken?: string };
    return service.call(toSent({ ...follow(link, asked, answer), token: accessToken }));
  }

  for (const link of links) {
    it(`lead from ${link.source} to ${link.target} (${link.name})`, async () => {
      const { status, text } = await walk(link);
      const successes = operations
        .find(({ id }) => id === link.target)!
        .statuses.filter((each) => each < 300);
      expect(successes, `${status} ${text}`).to.include(status);
    });
  }

  it('hold the steps from a sign-up to a deletion, and to the next page', () => {
    expect(links.map(({ source, name }) => `${source} ${name}`)).to.include.members([
      'signUp signIn',
      'signIn refreshTokens',
      'refreshTokens refreshTokens',
      'listUsers nextPage',
      'createUser setUserRoles',
      'getUser deleteUser',
    ]);
  });

  it('fall where an expression finds nothing', async () => {
    const link = links.find(
      ({ source, target }) => source === 'createUser' && target === 'getUser',
    )!;
    const wrong = { ...link, parameters: { userId: '$response.body#/user/id' } };
    expect(await failureOf(walk(wrong))).to.equal('$response.body#/user/id finds nothing');
    expect(await failureOf(walk({ ...link, parameters: { id: 1 } }))).to.equal(
      'the operation has no parameter id',
    );
  });
});

function failureOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'nothing',
    (error: unknown) => (error as Error).message,
  );
}

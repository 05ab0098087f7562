import { expect } from 'chai';
import { follow, links, toSent, type Call, type Link } from '../../support/links.ts';
import { operations } from '../../support/operations.ts';
import { failure } from '../../support/refusal.ts';
import {
  newCredentials,
  startService,
  type Service,
  type TestUser,
} from '../../support/service.ts';

// Follows every link of the contract, as a stateful API tester does. Calls the operation that has
// the link, evaluates the expressions of the link with its answer, and calls the target, which must
// succeed.

describe('the links of the contract', () => {
  let service: Service;
  let admin: TestUser;
  before(async () => {
    service = await startService();
    admin = await service.newUser('admin');
    await service.newUser(); // so that each list has a second page
  });
  after(() => service.close());

  /** The calls of the operations that have links. */
  const starts: Record<string, () => Promise<Omit<Call, 'operationId'>>> = {
    signUp: () => Promise.resolve({ body: newCredentials() }),
    async signIn() {
      const { username, password } = await service.newUser('moderator', 'admin');
      return { body: { username, password } };
    },
    refreshTokens: async () => ({ body: { refreshToken: (await service.newUser()).refreshToken } }),
    async changePassword() {
      const { token, password } = await service.newUser();
      return { body: { currentPassword: password, newPassword: 'violin harbour lantern' }, token };
    },
    getAccount: async () => ({ token: (await service.newUser()).token }),
    listSessions: async () => ({ token: (await service.newUser()).token }),
    listUsers: () => Promise.resolve({ parameters: { limit: 1 }, token: admin.token }),
    createUser: () => Promise.resolve({ body: newCredentials(), token: admin.token }),
    getUser: () => aboutNewUser(undefined),
    updateUser: () => aboutNewUser({ disabled: true }),
    setUserRoles: () => aboutNewUser({ roles: ['admin'] }),
    listUserSessions: () => aboutNewUser(undefined),
    listRoles: () => Promise.resolve({ token: admin.token }),
    listAuditEvents: () => Promise.resolve({ parameters: { limit: 1 }, token: admin.token }),
  };
  async function aboutNewUser(body: unknown): Promise<Omit<Call, 'operationId'>> {
    const { id } = await service.newUser();
    return { parameters: { userId: id }, token: admin.token, body };
  }

  async function walk(link: Link) {
    const start = starts[link.source];
    if (!start) throw new Error(`add the call of ${link.source} to this test`);
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

  it('cover the steps from a sign-up to a deletion, and to the next page', () => {
    expect(links.map(({ source, name }) => `${source} ${name}`)).to.include.members([
      'signUp signIn',
      'signIn refreshTokens',
      'refreshTokens refreshTokens',
      'listUsers nextPage',
      'createUser setUserRoles',
      'getUser deleteUser',
    ]);
  });

  const createUserToGetUser = links.find(
    ({ source, target }) => source === 'createUser' && target === 'getUser',
  )!;

  it('fail when an expression finds nothing', async () => {
    const parameters = { userId: '$response.body#/user/id' };
    const { message } = await failure(walk({ ...createUserToGetUser, parameters }));
    expect(message).to.equal('$response.body#/user/id finds nothing');
  });

  it('fail when the target has no such parameter', async () => {
    const { message } = await failure(walk({ ...createUserToGetUser, parameters: { id: 1 } }));
    expect(message).to.equal('the operation has no parameter id');
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ContractError } from '../../src/contract/contract-error.ts';
import {
  listOperations,
  loadContract,
  type Abilities,
  type Contract,
  type JsonObject,
} from '../../src/contract/document.ts';
import { temporaryFolder } from '../support/postgres.ts';

const operation = (changes: object = {}) => ({
  operationId: 'getThing',
  security: [{ bearerAuth: ['admin'] }],
  responses: {
    200: { description: 'x', content: { 'text/plain': { schema: { type: 'string' } } } },
  },
  ...changes,
});
const contract = (paths: object, rest: object = {}): Contract => ({
  yaml: '',
  document: { openapi: '3.1.0', paths, ...rest },
});
const abilities: Abilities = {
  schemes: ['bearerAuth'],
  roles: ['user', 'admin'],
  handlers: ['getThing'],
};
const problemsOf = (document: Contract, able = abilities): readonly string[] => {
  try {
    listOperations(document, able);
    return [];
  } catch (error) {
    if (error instanceof ContractError) return error.problems;
    throw error;
  }
};

describe('the contract that the build has parsed', () => {
  let built: { loadContract: typeof loadContract };
  before(async () => {
    built = (await import(
      new URL('../../dist/src/contract/document.js', import.meta.url).href
    )) as typeof built;
  });

  it('equals the contract in openapi.yaml', () => {
    expect(built.loadContract()).to.deep.equal(loadContract());
  });

  it('is not used when the YAML has changed since the build', async () => {
    const folder = await temporaryFolder();
    const file = join(folder.path, 'openapi.yaml');
    writeFileSync(
      file,
      `${readFileSync(new URL('../../openapi.yaml', import.meta.url), 'utf8')}\nx-changed: true\n`,
    );
    expect(built.loadContract(file).document).to.have.property('x-changed', true);
    await folder.remove();
  });
});

describe('a contract that cannot be served', () => {
  const refused: [string, Contract, string][] = [
    [
      'an unknown role',
      contract({ '/a': { get: operation({ security: [{ bearerAuth: ['root'] }] }) } }),
      'getThing asks for the unknown role root',
    ],
    [
      'an unknown scheme',
      contract({ '/a': { get: operation({ security: [{ oauth: [] }] }) } }),
      'getThing asks for the unknown security scheme oauth',
    ],
    [
      'an unknown scheme for all operations',
      contract(
        { '/a': { get: operation({ security: undefined }) } },
        { security: [{ basic: [] }] },
      ),
      'getThing asks for the unknown security scheme basic',
    ],
    [
      'an operation without a handler',
      contract({
        '/a': { get: operation() },
        '/b': { get: operation({ operationId: 'getOther' }) },
      }),
      'operation getOther has no handler',
    ],
    ['a handler without an operation', contract({}), 'handler getThing has no operation'],
    [
      'an operation without a name',
      contract({ '/a': { get: operation({ operationId: undefined }) } }),
      'GET /a has no operationId',
    ],
    [
      'one name for two operations',
      contract({ '/a': { get: operation(), put: operation() } }),
      'two operations are called getThing',
    ],
    [
      'two schemes in one requirement',
      contract({ '/a': { get: operation({ security: [{ bearerAuth: [], other: [] }] }) } }),
      'GET /a has a security requirement of 2 schemes; this service reads exactly one',
    ],
    [
      'a requirement without a scheme',
      contract({ '/a': { get: operation({ security: [{}] }) } }),
      'GET /a has a security requirement of 0 schemes; this service reads exactly one',
    ],
    [
      'two media types for a reply',
      contract({
        '/a': {
          get: operation({
            responses: { 200: { content: { 'text/plain': {}, 'text/html': {} } } },
          }),
        },
      }),
      'GET /a declares 2 media types for 200; one is served',
    ],
    [
      'a reference to nothing',
      contract({
        '/a': { get: operation({ requestBody: { $ref: '#/components/requestBodies/None' } }) },
      }),
      '#/components/requestBodies/None points at nothing',
    ],
  ];
  for (const [what, document, problem] of refused) {
    it(`is refused with a message that names ${what}`, () => {
      expect(problemsOf(document)).to.include(problem);
    });
  }

  it('is refused with all its mistakes at once', () => {
    const document = contract({
      '/a': { get: operation({ operationId: 'getOther', security: [{ oauth: ['root'] }] }) },
    });
    expect(problemsOf(document)).to.have.lengthOf(4);
  });
});

describe('an operation that is read from a contract', () => {
  const signUp = () =>
    listOperations(loadContract(), {
      schemes: ['bearerAuth', 'accessTokenHeader', 'accessTokenCookie'],
      roles: ['user', 'moderator', 'admin'],
      handlers: operationIds(loadContract().document),
    }).find(({ id }) => id === 'signUp');

  it('has its method, its path and its security', () => {
    expect(signUp()).to.include({ method: 'post', path: '/api/auth/signup' });
    expect(signUp()?.security).to.deep.equal([]);
  });

  it('has a schema for each media type of its request', () => {
    expect([...(signUp()?.requestSchemas.keys() ?? [])]).to.deep.equal([
      'application/json',
      'application/x-www-form-urlencoded',
    ]);
  });

  it('has the media type and the constant headers of each reply', () => {
    expect(signUp()?.replies.get(201)).to.deep.equal({
      mediaType: 'application/json',
      headers: { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' },
    });
  });

  describe('without security and with only some of its parameters', () => {
    const document = contract(
      {
        '/a/{b}': {
          parameters: [{ name: 'b', in: 'path', schema: { type: 'integer' } }],
          get: operation({
            security: undefined,
            parameters: [{ $ref: '#/components/parameters/Tag' }],
          }),
        },
      },
      {
        security: [{ bearerAuth: [] }],
        components: { parameters: { Tag: { name: 'If-Match', in: 'header' } } },
      },
    );
    const found = () => listOperations(document, abilities)[0];

    it('inherits the parameters of its path', () => {
      expect(found()?.parameters).to.deep.equal([
        { name: 'b', place: 'path', isInteger: true },
        { name: 'If-Match', place: 'header', isInteger: false },
      ]);
    });

    it('inherits the security of the contract', () => {
      expect(found()?.security).to.deep.equal([{ scheme: 'bearerAuth', roles: [] }]);
    });
  });
});

function operationIds(document: JsonObject): string[] {
  return Object.values(
    document['paths'] as Record<string, Record<string, { operationId: string }>>,
  ).flatMap((item) => Object.values(item).map(({ operationId }) => operationId));
}

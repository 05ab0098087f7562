import { BASIC } from '@hyperjump/json-schema/experimental';
import {
  setShouldValidateFormat,
  validate as validateOpenApi,
} from '@hyperjump/json-schema/openapi-3-0';
import { expect } from 'chai';
import { loadContract, type JsonObject } from '../../src/contract/document.ts';
import { toOpenApi30 } from '../../src/contract/openapi-30.ts';
import { toSchema30 } from '../../src/contract/schema-30.ts';

type Paths = Record<string, Record<string, JsonObject>>;

const { document } = loadContract();
const rendered = toOpenApi30(document);

/** Renders one operation. */
function render(operation: JsonObject): JsonObject {
  const source = {
    info: { license: {} },
    paths: { '/': { get: { description: 'Text.', responses: {}, ...operation } } },
  };
  return (toOpenApi30(source)['paths'] as Paths)['/']!['get']!;
}

describe('the contract in OpenAPI 3.0', () => {
  // The validator's schema for 3.0 wants a URI as a reference. `#/components/…` is none, and need
  // not be.
  before(() => {
    setShouldValidateFormat(false);
  });
  after(() => {
    setShouldValidateFormat(undefined);
  });

  it('is valid OpenAPI 3.0', async () => {
    const { errors } = (await validateOpenApi(
      'https://spec.openapis.org/oas/3.0/schema',
      rendered as never,
      BASIC,
    )) as {
      errors?: { instanceLocation: string }[];
    };
    expect(errors?.map(({ instanceLocation }) => instanceLocation) ?? []).to.deep.equal([]);
    expect(rendered['openapi']).to.equal('3.0.3');
  });

  it('has the same operations, with the same replies', () => {
    const outline = (paths: unknown) =>
      Object.entries(paths as Paths).flatMap(([path, item]) =>
        Object.entries(item).map(([method, { operationId, responses }]) => [
          path,
          method,
          operationId,
          Object.keys(responses ?? {}),
        ]),
      );
    expect(outline(rendered['paths'])).to.deep.equal(outline(document['paths']));
  });

  it('has the same links', () => {
    const outline = (source: JsonObject) => ({
      named: (source['components'] as JsonObject)['links'],
      used: Object.values(source['paths'] as Paths)
        .flatMap((item) => Object.values(item))
        .map(({ responses }) =>
          Object.values(responses as Record<string, JsonObject>).map(({ links }) => links),
        ),
    });
    expect(outline(rendered)).to.deep.equal(outline(document));
    expect(outline(rendered).named).to.include.keys('SignInAsRequested');
  });

  const get = (path: string) => (rendered['paths'] as Paths)[path]!['get']!;

  it('names the roles of an operation in x-roles and in its description', () => {
    const admin = get('/api/test/admin');
    expect(admin).to.deep.include({ 'x-roles': [['admin']] });
    expect(admin['description']).to.match(/\n\nNeeds the role `admin`\.$/);
  });

  it('names no role in a security requirement', () => {
    expect(get('/api/test/admin')['security']).to.deep.equal([
      { bearerAuth: [] },
      { accessTokenHeader: [] },
      { accessTokenCookie: [] },
    ]);
  });

  it('has no x-roles where an operation needs no role', () => {
    expect(get('/api/test/user')).not.to.have.property('x-roles');
  });

  it('keeps the empty security of a public operation', () => {
    expect(get('/api/test/all')['security']).to.deep.equal([]);
  });

  it('distinguishes roles that are needed together from alternative roles', () => {
    const security = [{ bearerAuth: ['moderator', 'admin'] }, { bearerAuth: ['user'] }];
    const { 'x-roles': roles, description } = render({ security });
    expect(roles).to.deep.equal([['admin', 'moderator'], ['user']]);
    expect(description).to.equal(
      'Text.\n\nNeeds the roles `admin` and `moderator`, or the role `user`.',
    );
  });

  it('has no x-roles where one alternative needs no role', () => {
    expect(
      render({ security: [{ bearerAuth: ['admin'] }, { accessTokenHeader: [] }] }),
    ).not.to.have.property('x-roles');
  });

  it('names the licence by its URL', () => {
    const info = rendered['info'] as JsonObject;
    expect(info['license']).to.deep.equal({
      name: 'MIT',
      url: 'https://spdx.org/licenses/MIT.html',
    });
  });

  it('moves the summary of the contract into its description', () => {
    const info = rendered['info'] as JsonObject;
    expect(info).not.to.have.property('summary');
    expect(info['description']).to.match(/^Sign-up, sign-in and role-guarded content\.\n\n/);
  });

  const text = { type: 'string', maxLength: 9 };
  const schemas: [string, JsonObject, JsonObject][] = [
    [
      'a type or null',
      { type: ['string', 'null'], maxLength: 9 },
      { type: 'string', maxLength: 9, nullable: true },
    ],
    [
      'a reference or null',
      { description: 'D', oneOf: [{ $ref: '#/t' }, { type: 'null' }] },
      { ...text, description: 'D', nullable: true },
    ],
    ['a constant', { type: 'string', const: 'a' }, { type: 'string', enum: ['a'] }],
    ['examples', { ...text, examples: ['a', 'b'] }, { ...text, example: 'a' }],
    ['a reference', { $ref: '#/t' }, { $ref: '#/t' }],
    [
      'members beside a reference',
      { $ref: '#/t', description: 'D' },
      { description: 'D', allOf: [{ $ref: '#/t' }] },
    ],
    [
      'nested properties',
      { properties: { const: { const: 1 } } },
      { properties: { const: { enum: [1] } } },
    ],
    [
      'lists',
      { items: { const: 1 }, allOf: [{ const: 2 }] },
      { items: { enum: [1] }, allOf: [{ enum: [2] }] },
    ],
    [
      'additional properties',
      { additionalProperties: { const: 1 } },
      { additionalProperties: { enum: [1] } },
    ],
  ];
  for (const [what, source, expected] of schemas) {
    it(`translates the schema keywords for ${what}`, () => {
      expect(toSchema30(source, () => text)).to.deep.equal(expected);
    });
  }

  it('is rendered without a change to the contract itself', () => {
    expect(document).to.deep.equal(loadContract().document);
  });
});

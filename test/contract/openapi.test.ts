import { readFileSync } from 'node:fs';
import { BASIC } from '@hyperjump/json-schema/experimental';
import { validate as validateOpenApi } from '@hyperjump/json-schema/openapi-3-1';
import { expect } from 'chai';
import { loadContract, resolve, type JsonObject } from '../../src/contract/document.ts';
import { auditEventTypes } from '../../src/domain/audit/audit-event.ts';
import { authority, roles } from '../../src/domain/roles.ts';
import { escape } from '../../src/contract/pointers.ts';
import { breach } from '../support/contract-check.ts';
import { createDatabase, run } from '../support/postgres.ts';

const { document } = loadContract();
const components = document['components'] as {
  schemas: Record<string, JsonObject>;
  responses: JsonObject;
  examples: JsonObject;
};

/** Every place in the document, with its JSON Pointer. */
function* walk(node: unknown, pointer = ''): Generator<[string, JsonObject]> {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) yield [pointer, node as JsonObject];
  for (const [name, child] of Object.entries(node))
    yield* walk(child, `${pointer}/${escape(name)}`);
}

const places = [...walk(document)];
const schemas = places.filter(
  ([pointer]) =>
    /\/schema$|^\/components\/schemas\/[^/]+$|\/(properties|items)\/[^/]+$|\/items$/.test(
      pointer,
    ) && !/\/(examples?|value)\//.test(pointer),
);

describe('openapi.yaml', () => {
  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = (await validateOpenApi(
      'https://spec.openapis.org/oas/3.1/schema-base',
      document as never,
      BASIC,
    )) as {
      valid: boolean;
      errors?: { instanceLocation: string }[];
    };
    expect(errors?.map(({ instanceLocation }) => instanceLocation) ?? []).to.deep.equal([]);
    expect(valid).to.equal(true);
  });

  it('closes every object to other members', () => {
    for (const [pointer, schema] of schemas) {
      // A schema that narrows the closed `Problem` need not be closed itself.
      if (schema['type'] !== 'object' || pointer.startsWith('/components/schemas/Contract'))
        continue;
      expect(schema['additionalProperties'], pointer).to.equal(false);
    }
  });

  it('limits every string, integer and list', () => {
    for (const [pointer, schema] of schemas) {
      if ('const' in schema || 'enum' in schema) continue;
      if (schema['type'] === 'string') expect(schema, pointer).to.include.keys('maxLength');
      if (schema['type'] === 'integer')
        expect(schema, pointer).to.include.keys('minimum', 'maximum');
      if (schema['type'] === 'array') expect(schema, pointer).to.include.keys('maxItems', 'items');
    }
  });

  const operations = Object.entries(document['paths'] as Record<string, JsonObject>).flatMap(
    ([path, item]) =>
      Object.entries(item as Record<string, JsonObject>).map(([method, operation]) => ({
        where: `${method} ${path}`,
        operation,
      })),
  );

  it('gives every operation an operationId, a summary and a description', () => {
    for (const { where, operation } of operations)
      for (const member of ['operationId', 'summary', 'description'])
        expect(operation[member], where).to.be.a('string').that.is.not.empty;
  });

  it('gives every operation one declared tag', () => {
    const tags = (document['tags'] as { name: string }[]).map(({ name }) => name);
    for (const { where, operation } of operations) {
      expect(operation['tags'], where).to.have.lengthOf(1);
      expect(tags).to.include((operation['tags'] as string[])[0]);
    }
  });

  it('declares the security of every operation', () => {
    for (const { where, operation } of operations)
      expect(operation['security'], where).to.be.an('array');
  });

  it('gives every body an example that its schema accepts', async () => {
    const bodies = places.filter(([pointer]) => /\/content\/[^/]+$/.test(pointer));
    expect(bodies).to.have.length.above(20);
    for (const [pointer, media] of bodies) {
      const examples = Object.entries((media['examples'] ?? {}) as JsonObject);
      expect(examples, pointer).not.to.be.empty;
      for (const [name, example] of examples) {
        expect(
          await breach(`${pointer}/schema`, resolve(document, example)['value']),
          `${pointer} ${name}`,
        ).to.equal(null);
      }
    }
  });

  it('gives every header an example that its schema accepts', async () => {
    for (const [pointer, header] of places.filter(([at]) =>
      /^\/components\/headers\/[^/]+$/.test(at),
    )) {
      expect(await breach(`${pointer}/schema`, header['example']), pointer).to.equal(null);
    }
  });

  it('gives every parameter examples, a list of values or a default', () => {
    const parameters = places.filter(
      ([, node]) =>
        typeof node['in'] === 'string' && typeof node['name'] === 'string' && 'schema' in node,
    );
    expect(parameters).to.have.length.above(10);
    for (const [pointer, parameter] of parameters)
      expect(Object.keys(resolve(document, parameter['schema'])), pointer).to.satisfy(
        (keywords: string[]) =>
          ['examples', 'enum', 'default'].some((keyword) => keywords.includes(keyword)),
      );
  });

  it('gives every schema only examples that it accepts', async () => {
    const shown = schemas.filter(([, schema]) => Array.isArray(schema['examples']));
    expect(shown).to.have.length.above(10);
    for (const [pointer, { examples }] of shown)
      for (const example of examples as unknown[])
        expect(await breach(pointer, example), pointer).to.equal(null);
  });

  it('gives an example of every error code of a response', () => {
    for (const [pointer, media] of places.filter(([at]) =>
      at.endsWith('/content/application~1problem+json'),
    )) {
      const parts = (media['schema'] as { allOf: JsonObject[] }).allOf;
      const code = (parts[1]?.['properties'] as JsonObject)['code'] as {
        const?: string;
        enum?: string[];
      };
      expect(Object.keys(media['examples'] as JsonObject), pointer).to.have.members(
        code.enum ?? [code.const],
      );
    }
  });

  // Generators name types after these components, and would name two types alike.
  it('gives no two schemas, parameters or responses the same name', () => {
    const named = document['components'] as Record<string, JsonObject>;
    const names = ['schemas', 'parameters', 'responses'].flatMap((kind) =>
      Object.keys(named[kind] ?? {}),
    );
    expect(names.filter((name, index) => names.indexOf(name) !== index)).to.deep.equal([]);
  });

  it('uses every component', () => {
    const used = new Set(places.map(([, node]) => node['$ref']));
    for (const [kind, named] of Object.entries(
      document['components'] as Record<string, JsonObject>,
    )) {
      // A security scheme is named, not referenced. NotFound and MethodNotAllowed belong to no
      // operation.
      if (kind === 'securitySchemes') continue;
      for (const name of Object.keys(named)) {
        if (!['NotFound', 'MethodNotAllowed'].includes(name))
          expect([...used]).to.include(`#/components/${kind}/${name}`);
      }
    }
  });

  it('lists the roles of the code', () => {
    expect(components.schemas['Role']?.['enum']).to.deep.equal(roles);
  });

  it('lists the authorities of the code', () => {
    expect(components.schemas['Authority']?.['enum']).to.deep.equal(roles.map(authority));
  });

  it('lists the types of audit events of the code', () => {
    expect(components.schemas['AuditEventType']?.['enum']).to.deep.equal(auditEventTypes);
  });

  it('lists the roles of the database, which are those of the code', async () => {
    const { rows } = await run(await createDatabase(), 'select name from roles order by id');
    expect(rows.map(({ name }: { name: string }) => name)).to.deep.equal(roles);
  });

  it('has the version of the package', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect((document['info'] as JsonObject)['version']).to.equal(version);
  });
});

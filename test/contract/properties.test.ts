import { expect } from 'chai';
import fc, { type Arbitrary } from 'fast-check';
import type { Sample } from '../../src/contract/samples.ts';
import { dubious, parameter, valid } from '../support/arbitraries.ts';
import type { Sent } from '../../tools/service/http.ts';
import { operations } from '../support/operations.ts';
import { bearer, startService, type Service, type TestUser } from '../support/service.ts';

// Sends random requests to every operation. Each answer must follow the contract, and none may be
// a 500. PROPERTY_SEED repeats a run.

const total = 5_000;
const atOnce = 12;
const seed = Number(process.env['PROPERTY_SEED'] ?? Date.now() % 2 ** 31);
// Each of these operations gets a user of its own, so that the other requests keep their tokens.
/** Operations that end the session of their own token. */
const ending = ['signOut', 'deleteAccount', 'endSession', 'endOtherSessions'];
/** Operations that end the sessions of the user in their path. */
const ended = ['updateUser', 'deleteUser', 'setUserRoles', 'endUserSessions'];

describe('an operation that receives random requests', () => {
  let service: Service;
  let user: TestUser;
  let admin: TestUser;
  before(async () => {
    service = await startService();
    user = await service.newUser();
    admin = await service.newUser('moderator', 'admin');
  });
  after(() => service.close());
  const counts = new Map<string, number>();

  const share = Math.ceil(total / operations.length);
  for (const [index, operation] of operations.entries()) {
    it(`${operation.id} answers as the contract declares, and never with 500`, async function () {
      this.timeout(60_000);
      const victim = [...ending, ...ended].includes(operation.id) ? await service.newUser() : user;
      const best = ending.includes(operation.id) ? victim.token : admin.token;
      const tokens = [...Array<string>(8).fill(best), victim.token, 'x.y.z', ''];
      const requests = fc.sample(requestOf(operation, tokens, victim), {
        numRuns: share,
        seed: seed + index,
      });
      for (let at = 0; at < requests.length; at += atOnce) {
        await Promise.all(
          requests.slice(at, at + atOnce).map(async (sent) => {
            const { status } = await service.call(sent).catch((error: unknown) => {
              throw new Error(`PROPERTY_SEED=${seed}: ${JSON.stringify(sent)}`, { cause: error });
            });
            expect(status, `PROPERTY_SEED=${seed}: ${JSON.stringify(sent)}`).to.be.below(500);
            counts.set(String(status), (counts.get(String(status)) ?? 0) + 1);
          }),
        );
      }
    });
  }

  after(() => {
    const sum = [...counts.values()].reduce((one, other) => one + other, 0);
    const parts = [...counts].sort().map(([status, count]) => `${status}: ${count}`);
    console.log(`    ${sum} requests (${parts.join(', ')}), PROPERTY_SEED=${seed}`);
  });
});

/** A request to the operation: mostly with a sufficient token and a body that may be valid. */
function requestOf(
  operation: Sample,
  tokens: readonly string[],
  victim: TestUser,
): Arbitrary<Sent> {
  const { method, template, parameters, schema, mediaTypes } = operation;
  const of = (place: string) => parameters.filter((each) => each.place === place);
  const texts = (place: string) =>
    fc.record(
      Object.fromEntries(of(place).map(({ name, schema: each }) => [name, parameter(each)])),
      { requiredKeys: [] },
    );
  // Some ids exist: only those of the victim, so that no other session is ended.
  const path = fc.tuple(
    ...of('path').map(({ name, schema: each }) =>
      fc.oneof(parameter(each), fc.constant(ownId(name, victim))),
    ),
  );
  const query = fc.oneof(
    { weight: 5, arbitrary: texts('query') },
    fc.dictionary(fc.string(), fc.string(), { maxKeys: 2 }),
  );
  const body = schema && fc.oneof(valid(schema), dubious(schema));
  const type = fc.constantFrom(
    ...mediaTypes,
    ...mediaTypes,
    'application/json; charset=utf-8',
    'text/plain',
  );
  return fc
    .record({
      path,
      query,
      headers: texts('header'),
      token: fc.constantFrom(...tokens),
      body: body ?? fc.constant(undefined),
      type,
    })
    .map(({ path: ids, query: asked, headers, token, body: content, type: mediaType }) => {
      let at = 0;
      const filled = template.replace(/\{\w+\}/g, () => encode(ids[at++] ?? '') || '%20');
      const search = Object.entries(asked as Record<string, string>).map(
        ([name, value]) => `${encode(name)}=${encode(value)}`,
      );
      const isForm = mediaType.includes('urlencoded');
      return {
        method,
        path: search.length > 0 ? `${filled}?${search.join('&')}` : filled,
        headers: {
          ...(token !== '' && bearer(token)),
          ...(content !== undefined && { 'content-type': mediaType }),
          ...Object.fromEntries(
            Object.entries(headers as Record<string, string>).map(([name, value]) => [
              name,
              printable(value),
            ]),
          ),
        },
        ...(content !== undefined && { body: isForm ? toForm(content) : JSON.stringify(content) }),
      };
    });
}

function ownId(name: string, victim: TestUser): string {
  return name === 'sessionId' ? victim.sessionId : String(victim.id);
}

function encode(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString()).replace(/^\.+$/, (dots) =>
    '%2E'.repeat(dots.length),
  );
}

/** Replaces the characters that Node refuses in a header. */
function printable(text: string): string {
  return text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?');
}

function toForm(content: unknown): string {
  const pairs = Object.entries(content ?? {}).flatMap(([name, value]) =>
    [value as unknown].flat().map((each): [string, string] => [name, textOf(each)]),
  );
  return new URLSearchParams(pairs).toString();
}

/** Not `String`: it throws on an object whose `toString` is not a function. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

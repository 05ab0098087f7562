// Sends what every operation must refuse, made from the contract: bad input, no token, a forged
// token, a user without the role, other methods, other media types. A user id in a path is that of
// a user of this run, or an unknown one.

import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../contract/document.ts';
import type { Sample } from '../contract/samples.ts';
import type { Asking } from './asking.ts';
import { badBodies, badParameters, unknownName } from './bad-input.ts';
import { unknownUserId } from './journeys/administration.ts';
import { bearer, passwordOf, type World } from './world.ts';

/** Four times the largest body that the contract allows. */
const large = JSON.stringify('x'.repeat(64 * 1024));
/** Three parts, as a token has, but without a valid signature. */
const forged = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.eA';

/** Sends invalid parameters and bodies. */
export async function refuseBadInput(
  world: World,
  document: JsonObject,
  sample: Sample,
): Promise<void> {
  const { asking } = world;
  const { id } = sample;
  const token = tokenFor(world, sample);
  if (token === null) return;
  const path = pathFor(world, sample);
  const headers = token === '' ? {} : bearer(token);
  const body = bodyFor(world, sample);
  const invalid = { status: 400, code: 'validation_failed' };
  const question = { path, headers, body, expected: invalid };
  await asking.ask(id, {
    ...question,
    name: 'an unknown query parameter',
    query: `${unknownName}=1`,
  });
  for (const { name, place, value } of badParameters(sample)) {
    const title = `the ${place} parameter ${name}, invalid`;
    if (place === 'path')
      await asking.ask(id, { ...question, name: title, path: path.replace(idIn(path), 'x') });
    if (place === 'query')
      await asking.ask(id, { ...question, name: title, query: `${name}=${value}` });
    if (place === 'header')
      await asking.ask(id, {
        ...question,
        name: title,
        headers: { ...headers, [name.toLowerCase()]: value },
      });
  }
  if (!sample.schema || !body) return;
  for (const bad of badBodies(document, sample.schema, body)) {
    await asking.ask(id, {
      ...question,
      name: bad.name,
      body: bad.body,
      expected: { status: 400, code: bad.code },
    });
  }
  const tooLarge = { status: 413, code: 'body_too_large' };
  await asking.ask(id, {
    ...question,
    name: 'a body that is too large',
    body: large,
    expected: tooLarge,
  });
  await asking.ask(id, {
    ...question,
    name: 'a body of another media type',
    headers: { ...headers, 'content-type': 'text/xml' },
    body: '<x/>',
    expected: { status: 415, code: 'unsupported_media_type' },
  });
}

/** Sends requests without a token, with forged tokens, and without the role. */
export async function refuseStrangers(world: World, sample: Sample): Promise<void> {
  if (!sample.isSecured) return;
  const { asking } = world;
  const { id } = sample;
  const question = { path: pathFor(world, sample), body: bodyFor(world, sample) };
  await asking.ask(id, {
    ...question,
    name: 'no token',
    expected: { status: 401, code: 'token_missing' },
  });
  const invalid = { status: 401, code: 'token_invalid' };
  await asking.ask(id, {
    ...question,
    name: 'a forged token',
    headers: bearer(forged),
    expected: invalid,
  });
  const token = world.tokens.get('');
  if (token === undefined) return;
  await asking.ask(id, {
    ...question,
    name: 'another signature',
    headers: bearer(resigned(token)),
    expected: invalid,
  });
  const lacks = { status: 403, code: 'role_required' };
  if (sample.roles.length > 0)
    await asking.ask(id, {
      ...question,
      name: 'without the role',
      headers: bearer(token),
      expected: lacks,
    });
}

/** Tries another method, HEAD and OPTIONS on every path, and an unknown path. */
export async function tryMethods(world: World): Promise<void> {
  const { asking } = world;
  const { samples } = asking;
  for (const template of new Set(samples.map((sample) => sample.template))) {
    const here = samples.filter((sample) => sample.template === template);
    const [first] = here;
    if (!first) continue;
    await tryOthers(
      asking,
      pathFor(world, first),
      here.map(({ method }) => method),
    );
    const get = here.find(({ method }) => method === 'GET');
    const token = get && tokenFor(world, get);
    if (!get || typeof token !== 'string') continue;
    const headers = token === '' ? {} : bearer(token);
    await asking.ask(get.id, {
      name: 'HEAD',
      method: 'HEAD',
      path: pathFor(world, get),
      headers,
      expected: { status: 200 },
    });
  }
  const missing = { status: 404, code: 'not_found' };
  await asking.askOutside({
    name: 'an unknown path',
    path: `/${unknownName}`,
    expected: missing,
  });
}

async function tryOthers(
  { askOutside }: Asking,
  path: string,
  methods: readonly string[],
): Promise<void> {
  const other =
    ['PATCH', 'PUT', 'POST', 'DELETE'].find((method) => !methods.includes(method)) ?? 'PATCH';
  const refused = { status: 405, code: 'method_not_allowed' };
  await askOutside({ name: `${other} ${path}`, method: other, path, expected: refused });
  const headers = {
    origin: 'https://example.invalid',
    'access-control-request-method': methods[0] ?? 'GET',
  };
  await askOutside({
    name: `OPTIONS ${path}`,
    method: 'OPTIONS',
    path,
    headers,
    expected: { status: 204 },
  });
}

/**
 * The token for an operation: `''` if it needs none, `null` if the run has no token with the role.
 */
export function tokenFor({ tokens }: World, { isSecured, roles }: Sample): string | null {
  return isSecured ? (tokens.get(roles[0] ?? '') ?? null) : '';
}

function pathFor({ target }: World, { template }: Sample): string {
  return template
    .replace('{userId}', String(target?.userId ?? unknownUserId))
    .replace('{sessionId}', target?.sessionId ?? randomUUID());
}

function idIn(path: string): string {
  return path.split('/').find((part) => /^\d+$|^[0-9a-f-]{36}$/.test(part)) ?? '';
}

/** The contract's example, but with the name and the address of a user of this run. */
function bodyFor({ stranger }: World, { body }: Sample): JsonObject | undefined {
  if (!body) return undefined;
  const isNewUser = 'email' in body && 'password' in body;
  const ours: JsonObject = {
    username: stranger.username,
    email: stranger.email,
    ...(isNewUser && { password: passwordOf(stranger) }),
  };
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, ours[name] ?? value]),
  );
}

function resigned(token: string): string {
  const [head, payload] = token.split('.');
  return `${head}.${payload}.${'A'.repeat(43)}`;
}

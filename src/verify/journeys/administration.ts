// The operations for admins. They change only users of this run.

import type { Answer } from '../../contract/answer-check.ts';
import { bearer, passwordOf, signIn, type World } from '../world.ts';

/** An id that no user will ever have. */
export const unknownUserId = Number.MAX_SAFE_INTEGER;
/** A version that no user of this run reaches. */
const stale = { 'if-match': '"999999"' };

/** Tries the operations for admins, and keeps the token of a moderator for the refusals. */
export async function administer(world: World, token: string): Promise<void> {
  const { asking } = world;
  const { id, user } = await create(world, token, ['moderator']);
  const moderator = await signIn(world, user);
  await asking.ask('getModeratorContent', {
    name: 'as a moderator',
    headers: bearer(moderator.token),
    expected: { status: 200 },
  });
  await read(world, token, id, user.username);
  await change(world, token);
  await refuseUnknownUser(world, token);
  const path = `/api/users/${id}/sessions`;
  await asking.ask('endUserSessions', {
    name: 'of a user',
    path,
    headers: bearer(token),
    expected: { status: 204 },
  });
  world.tokens.set('moderator', (await signIn(world, user)).token);
}

async function create({ asking, users }: World, token: string, roles: readonly string[]) {
  const user = users.make();
  const body = { username: user.username, email: user.email, password: passwordOf(user), roles };
  const headers = bearer(token);
  const created = await asking.must('createUser', {
    name: 'a user',
    headers,
    body,
    expected: { status: 201 },
  });
  await asking.ask('createUser', {
    name: 'again',
    headers,
    body,
    expected: { status: 400, code: 'username_taken' },
  });
  return { user, id: (created.body as { id: number }).id, etag: etagOf(created) };
}

async function read({ asking }: World, token: string, id: number, username: string): Promise<void> {
  const question = { headers: bearer(token), expected: { status: 200 } };
  const filters = `search=${username}&role=moderator&disabled=false&limit=5`;
  await asking.ask('listUsers', { ...question, name: 'by name, role and state', query: filters });
  await asking.ask('listAuditEvents', {
    ...question,
    name: 'about a user',
    query: `subjectId=${id}&limit=5`,
  });
  await asking.ask('listRoles', { ...question, name: 'as an admin' });
  await asking.ask('getAdminContent', { ...question, name: 'as an admin' });
  await asking.ask('getUser', { ...question, name: 'a user', path: `/api/users/${id}` });
  await asking.ask('listUserSessions', {
    ...question,
    name: 'of a user',
    path: `/api/users/${id}/sessions`,
  });
}

/**
 * Sets the roles of a user, disables it and deletes it. Tries each step first with a version that
 * the user does not have.
 */
async function change(world: World, token: string): Promise<void> {
  const { id, etag } = await create(world, token, ['user']);
  const steps = [
    ['setUserRoles', 'the roles', `/api/users/${id}/roles`, { roles: ['user', 'moderator'] }, 200],
    ['updateUser', 'disables', `/api/users/${id}`, { disabled: true }, 200],
    ['deleteUser', 'deletes', `/api/users/${id}`, undefined, 204],
  ] as const;
  let version = etag;
  for (const [operationId, name, path, body, status] of steps) {
    const question = { path, body };
    const ask = (
      what: string,
      match: Record<string, string>,
      expected: { status: number; code?: string },
    ) =>
      world.asking.ask(operationId, {
        ...question,
        name: what,
        headers: { ...bearer(token), ...match },
        expected,
      });
    await ask(`${name}, with another version`, stale, { status: 412, code: 'version_conflict' });
    version = etagOf(await ask(name, { 'if-match': version }, { status }));
  }
}

async function refuseUnknownUser({ asking }: World, token: string): Promise<void> {
  for (const { id, template, body } of asking.samples) {
    if (!template.includes('{userId}')) continue;
    const path = template.replace('{userId}', String(unknownUserId));
    const expected = { status: 404, code: 'not_found' };
    await asking.ask(id, {
      name: 'an unknown user',
      path,
      headers: bearer(token),
      body,
      expected,
    });
  }
}

function etagOf({ headers }: Answer): string {
  return headers['etag'] === undefined ? '*' : String(headers['etag']);
}

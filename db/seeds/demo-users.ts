import type { Knex } from 'knex';

/**
 * Adds one user for each role, named after it. All have the password of `passwordHash`. Existing
 * users stay unchanged.
 * @returns the names of the added users
 */
export async function seedDemoUsers(
  knex: Knex,
  names: readonly string[],
  passwordHash: string,
): Promise<string[]> {
  return knex.transaction(async (transaction) => {
    const rows = names.map((name) => ({
      username: `demo-${name}`,
      email: `demo-${name}@example.com`,
      password_hash: passwordHash,
    }));
    const added = await transaction('users')
      .insert(rows)
      .onConflict()
      .ignore()
      .returning<{ id: number; username: string }[]>(['id', 'username']);
    for (const { id, username } of added) {
      const wanted = new Set(['user', username.replace('demo-', '')]);
      const found = await transaction('roles')
        .whereIn('name', [...wanted])
        .select<{ id: number }[]>('id');
      await transaction('user_roles').insert(
        found.map((role) => ({ user_id: id, role_id: role.id })),
      );
    }
    return added.map(({ username }) => username);
  });
}

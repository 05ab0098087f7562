import type { Knex } from 'knex';

// A refresh token whose successor was never used may be exchanged again (src/domain/sessions/
// refresh.ts). The row remembers which token its counter replaced, for the case that this was not
// the counter before it: `refresh_replaced` holds only while `refresh_replaced_by` equals
// `refresh_counter`. So a usual refresh leaves both columns alone, and an older node, which knows
// neither, cannot make them wrong.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table sessions add column refresh_replaced integer, add column refresh_replaced_by integer
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table sessions drop column refresh_replaced, drop column refresh_replaced_by
  `);
}

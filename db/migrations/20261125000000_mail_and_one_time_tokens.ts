import type { Knex } from 'knex';

// one_time_tokens holds hashes: whoever reads the table can use none of the tokens. A token is for the address that it was sent to.
//
// mail_requests is what is still to be sent, written where it is asked for (in the same transaction as a sign-up) and removed when it is
// sent, so that no mail is lost with a process or a mail server that is away. Its texts are addresses as somebody typed them; whether a user has
// such an address is looked up when the mail is due. One row at most for each purpose and address.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table users add column email_verified_at timestamptz;

    create table one_time_tokens (
      token_hash bytea primary key,
      purpose text not null,
      user_id bigint not null references users on delete cascade,
      email text not null,
      created_at timestamptz not null,
      expires_at timestamptz not null
    );
    create index one_time_tokens_user_id_idx on one_time_tokens (user_id, purpose);
    create index one_time_tokens_expires_at_idx on one_time_tokens (expires_at);

    create table mail_requests (
      id bigint generated always as identity primary key,
      purpose text not null,
      email text not null,
      request_id text not null,
      requested_at timestamptz not null,
      attempts integer not null default 0,
      due_at timestamptz not null
    );
    create unique index mail_requests_purpose_email_key on mail_requests (purpose, lower(email collate "C"));
    create index mail_requests_due_at_idx on mail_requests (due_at);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(
    'drop table mail_requests; drop table one_time_tokens; alter table users drop column email_verified_at;',
  );
}

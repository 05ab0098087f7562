import type { Knex } from 'knex';

// one_time_tokens contains hashes: a reader of the table cannot use the tokens. A token is bound to
// the address that it was sent to.
//
// mail_requests contains the mails to send. A row is written with the request (in the same
// transaction as a sign-up) and removed when the mail is sent. So no mail is lost when a process
// ends or a mail server is down. The addresses are as the client typed them. Whether a user has
// such an address is looked up when the mail is due. There is at most one row for each purpose and
// address.
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

import type { Knex } from 'knex';

// sent_mails is what keeps a mailbox from being flooded: one row for each purpose and address that a mail went to within a day. It refers to no
// user, so that neither an account that is removed nor a token that is used lets the next mail through sooner. It is apart from mail_requests, whose
// rows are there for known and unknown addresses alike and go when they are done: asking stays one statement that knows nothing of what was sent.
//
// The index on mail_requests finds what waits for a mail server that the service no longer has.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table sent_mails (
      purpose text not null,
      email text not null,
      sent_at timestamptz not null,
      day_began_at timestamptz not null,
      sent_in_day integer not null
    );
    create unique index sent_mails_purpose_email_key on sent_mails (purpose, lower(email collate "C"));
    create index sent_mails_sent_at_idx on sent_mails (sent_at);

    create index mail_requests_requested_at_idx on mail_requests (requested_at);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index mail_requests_requested_at_idx; drop table sent_mails;');
}

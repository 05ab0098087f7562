import type { Knex } from 'knex';

// sent_mails protects mailboxes from being flooded: one row for each purpose and address that got a
// mail within a day. It refers to no user, so that neither a removed account nor a used token lets
// the next mail through sooner. It is separate from mail_requests, whose rows exist for known and
// unknown addresses alike and are removed when done. So requesting a mail stays one statement that
// does not depend on earlier mails.
//
// The index on mail_requests finds the mails that wait for a mail server which the service no
// longer has.
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

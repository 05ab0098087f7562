// The list of users: one statement for each page. It keeps the cost of a page the same however many
// users exist. One index, the *driver*, yields a bounded number of candidates in the order of their
// keys. The other filters are applied to these candidates only. So a page may be short or empty
// without being the last; `next` always says where the next page begins.

import type { Knex } from 'knex';
import type { UserRow } from './users.ts';

export interface UserFilter {
  /** A prefix of the username or of the e-mail address. */
  readonly search?: string | undefined;
  readonly role?: string | undefined;
  readonly disabled?: boolean | undefined;
}

/**
 * The index that yields the candidates. The key of `search` is the name or address that matched;
 * the key of all others is the user's id.
 */
export type Driver = 'role' | 'disabled' | 'search' | 'id';

export type ListedUser = Omit<UserRow, 'passwordHash'>;

export interface UserRows {
  readonly rows: ListedUser[];
  /** The next page begins after this key; `null` on the last page. */
  readonly next: string | null;
}

export interface UserList {
  /** `after`: a key of the filter's driver; `null` for the first page. */
  page(filter: UserFilter, after: string | null, limit: number): Promise<UserRows>;
}

/**
 * Candidates a page. They fill the largest page even if only one in three matches, and cost a few
 * milliseconds at most.
 */
const candidatesPerPage = 300;

/**
 * Picks the most selective driver. Few users have a role other than `user` or are disabled, but a
 * search may have one letter.
 */
export function driverOf({ search, role, disabled }: UserFilter): Driver {
  if (role !== undefined && role !== 'user') return 'role';
  if (disabled === true) return 'disabled';
  return search === undefined ? 'id' : 'search';
}

const username = 'lower(username collate "C")';
const email = 'lower(email collate "C")';
const columns =
  'id, username, email, email_verified_at, disabled_at, created_at, updated_at, version';
const roleId = '(select roles.id from roles where roles.name = :role)';

/**
 * Each reads one candidate more than a page uses, to know whether more exist. `search` merges one
 * range from each unique index.
 */
const drivers: Readonly<Record<Driver, string>> = {
  role: `select user_id as key, ${columns}
    from (
      select user_id from user_roles where role_id = ${roleId} and user_id > :after::bigint
      order by user_id limit :enough
    ) holders
    cross join lateral (select * from users where users.id = user_id offset 0) found`,
  disabled: `select id as key, ${columns} from users
    where disabled_at is not null and id > :after::bigint order by id limit :enough`,
  id: `select id as key, ${columns} from users where id > :after::bigint order by id limit :enough`,
  search: `select * from (${rangeOf(username)} union all ${rangeOf(email)}) ranges
    order by key limit :enough`,
};

function rangeOf(key: string): string {
  return `(select ${key} as key, ${columns} from users
    where ${key} >= :from and ${key} < :upTo and ${key} > :after order by ${key} limit :enough)`;
}

const startsWith = (key: string): string => `starts_with(${key}, :from)`;

/**
 * A user found by name and by address is two candidates. It is listed at the smaller key only. No
 * username contains an @, so a key never belongs to two users.
 */
const matchingKeys = [username, email].map((key) => `case when ${startsWith(key)} then ${key} end`);
const atSmallerKey = `key = least(${matchingKeys.join(', ')})`;

/** The filters that the driver does not apply. */
function conditions({ search, role, disabled }: UserFilter, driver: Driver): string[] {
  const searched =
    driver === 'search' ? atSmallerKey : `(${startsWith(username)} or ${startsWith(email)})`;
  const hasRole = `(
    select true from user_roles where user_id = candidates.id and role_id = ${roleId}
  )`;
  return [
    ...(search === undefined ? [] : [searched]),
    ...(role === undefined || driver === 'role' ? [] : [hasRole]),
    ...(disabled === undefined ? [] : [`disabled_at is ${disabled ? 'not null' : 'null'}`]),
  ];
}

/**
 * A page's statement and its bindings, by name. Exported for the benchmark, which explains it.
 * `materialized` keeps the filters out of the search for candidates. Without it, PostgreSQL may
 * start with the matches on another index, if it expects few of them.
 */
export function pageStatement(
  filter: UserFilter,
  after: string | null,
  limit: number,
): [string, Knex.ValueDict] {
  const driver = driverOf(filter);
  const from = toAsciiLowerCase(filter.search ?? '');
  const statement = `
    with candidates as materialized (
      select *, row_number() over (order by key) as place from (${drivers[driver]}) driven
    ), page as (
      select * from candidates
      where ${['place <= :looked', ...conditions(filter, driver)].join(' and ')}
      order by place limit :wanted
    )
    select looked.count, looked.last::text as "last", page.key::text as "key",
      page.id, page.username, page.email, page.email_verified_at as "emailVerifiedAt",
      page.disabled_at as "disabledAt", page.created_at as "createdAt",
      page.updated_at as "updatedAt", page.version,
      array(
        select roles.name from user_roles join roles on roles.id = user_roles.role_id
        where user_roles.user_id = page.id
      ) as roles
    from (select count(*), max(key) filter (where place <= :looked) as last from candidates) looked
    left join page on true
    order by page.place`;
  const bindings = {
    after: after ?? (driver === 'search' ? '' : '0'),
    from,
    upTo: `${from}\u{10ffff}`, // usernames and addresses are ASCII
    role: filter.role ?? null,
    enough: candidatesPerPage + 1,
    looked: candidatesPerPage,
    wanted: limit + 1,
  };
  return [statement, bindings];
}

type PageRow = { count: number; last: string | null } & (
  { key: null; id: null } | ({ key: string } & ListedUser)
);

export function createUserList(db: Knex): UserList {
  return {
    async page(filter, after, limit) {
      const { rows } = await db.raw<{ rows: PageRow[] }>(...pageStatement(filter, after, limit));
      const found = rows.flatMap((row) => (row.id === null ? [] : [row]));
      const listed = found.slice(0, limit);
      const [looked] = rows;
      const isEnd = !looked || looked.count <= candidatesPerPage;
      const next = found.length > limit ? (listed.at(-1)?.key ?? null) : isEnd ? null : looked.last;
      return { rows: listed.map(withoutKey), next };
    },
  };
}

function withoutKey(row: ListedUser): ListedUser {
  const { id, username, email, emailVerifiedAt, disabledAt, createdAt, updatedAt, version, roles } =
    row;
  return { id, username, email, emailVerifiedAt, disabledAt, createdAt, updatedAt, version, roles };
}

/**
 * Lowers ASCII letters only, as `lower(… collate "C")` does. Others match nothing.
 */
function toAsciiLowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

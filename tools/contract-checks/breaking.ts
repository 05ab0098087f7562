// Lists the differences between two versions of the contract that can break a client.
// api-smart-diff finds and classifies the differences. The rules here correct its classification,
// each with a reason. A difference that api-smart-diff cannot classify counts as breaking.

import { compareOpenApi, type Diff } from 'api-smart-diff';

export interface Break {
  /** A JSON Pointer (RFC 6901) into the contract, with references followed. */
  readonly place: string;
  readonly reason: string;
}

type Document = Readonly<Record<string, unknown>>;
type Change = Diff & { readonly place: string };

interface Rule {
  readonly when: (change: Change) => boolean;
  readonly reason: string;
}

const operation = /^\/paths\/[^/]+\/[a-z]+/.source;
const at = (pattern: RegExp) => new RegExp(operation + pattern.source);
const role = at(/\/security\/\d+\/[^/]+\/\d+$/);
const member = at(/\/(requestBody|responses)\/.*\/properties\/[^/]+$/);
const header = at(/\/responses\/\d+\/headers\/[^/]+\/required$/);
const value = at(/\/responses\/.*\/enum(\/\d+)?$/);
const type = at(/\/.*(?<!\/properties)\/type$/);
const isGone = ({ action }: Change) => action === 'remove' || action === 'replace';

/** Changes that break clients, although api-smart-diff calls them harmless. */
const breaking: readonly Rule[] = [
  {
    when: ({ place, action }) => role.test(place) && action !== 'remove',
    reason: 'requires a new role',
  },
  {
    when: ({ place, action }) => member.test(place) && action === 'remove',
    reason: 'a member was removed',
  },
  {
    when: (change) => header.test(change.place) && isGone(change),
    reason: 'a header became optional',
  },
  {
    when: (change) => value.test(change.place) && isGone(change),
    reason: 'a value was removed',
  },
  {
    when: ({ place, before, after }) =>
      type.test(place) && !(place.includes('/requestBody/') && includes(after, before)),
    reason: 'has another type',
  },
  {
    when: (change) => at(/\/operationId$/).test(change.place) && isGone(change),
    reason: 'generated clients call the operation by its id',
  },
  {
    when: (change) => /^\/servers\/\d+\/url$/.test(change.place),
    reason: 'the server URL changed',
  },
];

/** Harmless changes that api-smart-diff calls breaking, or cannot classify. */
const harmless: readonly Rule[] = [
  {
    when: ({ place, action }) => role.test(place) && action === 'remove',
    reason: 'requires one role less',
  },
  {
    when: ({ place, action }) =>
      /^\/components\/securitySchemes\/[^/]+$/.test(place) && action === 'add',
    reason: 'an additional way to send the token',
  },
  {
    when: ({ place }) => at(/\/responses\/\d+\/links(\/|$)/).test(place),
    reason: 'links are only hints',
  },
];

/**
 * Only changes at these places count. A changed component is reported at each operation that uses
 * it; security schemes are used by name.
 */
const counts = /^\/(paths|security|servers|components\/securitySchemes)(\/|$)/;

export function findBreaks(before: Document, after: Document): Break[] {
  // api-smart-diff changes its arguments.
  const { diffs } = compareOpenApi(structuredClone(before), structuredClone(after));
  return diffs
    .map((diff) => ({
      ...diff,
      place: diff.path.map((name) => `/${escape(String(name))}`).join(''),
    }))
    .filter(({ place }) => counts.test(place))
    .flatMap((change) => {
      if (harmless.some(({ when }) => when(change))) return [];
      const reason = breaking.find(({ when }) => when(change))?.reason ?? toReason(change);
      return reason === null ? [] : [{ place: change.place, reason }];
    });
}

function toReason({ type: verdict, action, description }: Change): string | null {
  if (verdict === 'unclassified') return `${action}: its effect is unknown`;
  return verdict === 'breaking' ? description?.trim() || action : null;
}

/**
 * Whether the new version announces breaking changes: the major version increased, or below 1.0.0
 * the minor version (Semantic Versioning 2.0.0, sections 4 and 8, as npm reads them).
 * @throws RangeError when a version is not three numbers, or decreased
 */
export function announcesBreaks(before: string, after: string): boolean {
  const from = toNumbers(before);
  const steps = toNumbers(after).map((number, index) => number - (from[index] ?? 0));
  const first = steps.findIndex((step) => step !== 0);
  if ((steps[first] ?? 0) < 0)
    throw new RangeError(`the version went down, from ${before} to ${after}`);
  // The major version, or below 1.0.0 the minor version.
  return first === 0 || (first === 1 && from[0] === 0);
}

function toNumbers(version: string): number[] {
  const [, ...numbers] = /^(\d+)\.(\d+)\.(\d+)$/.exec(version) ?? [];
  if (numbers.length === 0) throw new RangeError(`${version} is not a version`);
  return numbers.map(Number);
}

function includes(list: unknown, one: unknown): boolean {
  return Array.isArray(list) && [one].flat().every((each) => list.includes(each));
}

function escape(name: string): string {
  return name.replace(/~/g, '~0').replace(/\//g, '~1');
}

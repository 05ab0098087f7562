// Tells which differences between two versions of the contract can break a client. api-smart-diff finds and judges them; where it is blind, or sees
// a danger that is none, a rule here says so with its reason. What it cannot judge counts as breaking.

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

/** What breaks clients, though the tool takes it for harmless. */
const breaking: readonly Rule[] = [
  {
    when: ({ place, action }) => role.test(place) && action !== 'remove',
    reason: 'asks for a role that it did not ask for',
  },
  {
    when: ({ place, action }) => member.test(place) && action === 'remove',
    reason: 'a member is not known any more',
  },
  {
    when: (change) => header.test(change.place) && isGone(change),
    reason: 'a header may be missing',
  },
  {
    when: (change) => value.test(change.place) && isGone(change),
    reason: 'a value does not come any more',
  },
  {
    when: ({ place, before, after }) =>
      type.test(place) && !(place.includes('/requestBody/') && includes(after, before)),
    reason: 'is of another type',
  },
  {
    when: (change) => at(/\/operationId$/).test(change.place) && isGone(change),
    reason: 'generated clients call it by its id',
  },
  { when: (change) => /^\/servers\/\d+\/url$/.test(change.place), reason: 'is elsewhere' },
];

/** What breaks nobody, though the tool says so, or cannot say. */
const harmless: readonly Rule[] = [
  {
    when: ({ place, action }) => role.test(place) && action === 'remove',
    reason: 'asks for one role less',
  },
  {
    when: ({ place, action }) =>
      /^\/components\/securitySchemes\/[^/]+$/.test(place) && action === 'add',
    reason: 'one more way',
  },
  {
    when: ({ place }) => at(/\/responses\/\d+\/links(\/|$)/).test(place),
    reason: 'links only advise',
  },
];

/** Components count where operations use them, which the tool tells at each operation; schemes are used by name. */
const counts = /^\/(paths|security|servers|components\/securitySchemes)(\/|$)/;

export function findBreaks(before: Document, after: Document): Break[] {
  // The tool writes into what it is given.
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
  if (verdict === 'unclassified') return `${action}: nobody knows what it does`;
  return verdict === 'breaking' ? description?.trim() || action : null;
}

/**
 * Whether the version says that clients may break: the first number that is not 0 went up, as Semantic Versioning 2.0.0 (4 and 8) is read by npm.
 * @throws RangeError when the version is none, or went down
 */
export function announcesBreaks(before: string, after: string): boolean {
  const from = toNumbers(before);
  const steps = toNumbers(after).map((number, index) => number - (from[index] ?? 0));
  const first = steps.findIndex((step) => step !== 0);
  if ((steps[first] ?? 0) < 0)
    throw new RangeError(`the version went down, from ${before} to ${after}`);
  // The first number, or, where that is 0, the second.
  return first === 0 || (first === 1 && from[0] === 0);
}

function toNumbers(version: string): number[] {
  const [, ...numbers] = /^(\d+)\.(\d+)\.(\d+)$/.exec(version) ?? [];
  if (numbers.length === 0) throw new RangeError(`${version} is no version`);
  return numbers.map(Number);
}

function includes(list: unknown, one: unknown): boolean {
  return Array.isArray(list) && [one].flat().every((each) => list.includes(each));
}

function escape(name: string): string {
  return name.replace(/~/g, '~0').replace(/\//g, '~1');
}

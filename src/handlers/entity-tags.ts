// A user's version as HTTP carries it: `ETag` in responses, `If-Match` in requests (RFC 9110,
// sections 8.8.3 and 13.1.1).

export function entityTag(version: number): string {
  return `"${version}"`;
}

/**
 * The versions that an `If-Match` allows; `undefined` allows any. The comparison is strong: a weak
 * tag (`W/"1"`) matches nothing. A tag that we never write, such as `"01"`, matches nothing either.
 */
export function expectedVersions(ifMatch: string | undefined): readonly number[] | undefined {
  if (ifMatch === undefined || ifMatch === '*') return undefined;
  const tags = ifMatch.match(/(?:W\/)?"[^"]*"/g) ?? [];
  return tags.flatMap((tag) => (/^"[1-9]\d{0,9}"$/.test(tag) ? [Number(tag.slice(1, -1))] : []));
}

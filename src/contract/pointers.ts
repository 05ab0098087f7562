// Finds the declaration of an answer in a contract, as a JSON Pointer (RFC 6901). Checks nothing.

import type { JsonObject } from './document.ts';

export interface Declared {
  /** `null` if the answer belongs to no operation. */
  readonly operationId: string | null;
  /** The place of the response; the contract may have nothing there. */
  readonly pointer: string;
}

/**
 * Finds the declaration for an answer to this method on this path, also when no operation has them.
 */
export function findDeclared(
  document: JsonObject,
  method: string,
  path: string,
  status: number,
): Declared {
  const [template, item] = matchPath(document, path.split('?')[0] ?? path);
  const shared = (name: string, when: number) =>
    `/components/responses/${status === when ? name : 'none'}`;
  if (!item) return { operationId: null, pointer: shared('NotFound', 404) };
  const verb = method === 'HEAD' ? 'get' : method.toLowerCase();
  const operation = item[verb] as JsonObject | undefined;
  if (!operation) return { operationId: null, pointer: shared('MethodNotAllowed', 405) };
  const own = `/paths/${escape(template)}/${verb}/responses/${status}`;
  const source = (operation['responses'] as JsonObject)[String(status)];
  return { operationId: String(operation['operationId']), pointer: referenced(source) ?? own };
}

function matchPath(document: JsonObject, pathname: string): [string, JsonObject | undefined] {
  const paths = Object.entries(document['paths'] as Record<string, JsonObject>);
  const literal = paths.find(([template]) => template === pathname);
  const pattern = (template: string) => new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`);
  return (
    literal ?? paths.find(([template]) => pattern(template).test(pathname)) ?? [pathname, undefined]
  );
}

/** The node at this place; `undefined` if there is none. */
export function read(document: JsonObject, pointer: string): JsonObject | undefined {
  const names = pointer.split('/').slice(1);
  return names.reduce<unknown>(
    (at, name) => (at as JsonObject | undefined)?.[unescape(name)],
    document,
  ) as JsonObject | undefined;
}

/** The target of a local reference; `undefined` if the node is no reference. */
export function referenced(node: unknown): string | undefined {
  return (node as { $ref?: string } | undefined)?.$ref?.replace(/^#/, '');
}

/** Escapes a name for use in a JSON Pointer. */
export function escape(name: string): string {
  return name.replace(/~/g, '~0').replace(/\//g, '~1');
}

/** The pointer as the fragment of a URI. */
export function toFragment(pointer: string): string {
  return `#${pointer.split('/').map(encodeURIComponent).join('/')}`;
}

function unescape(name: string): string {
  return name.replace(/~1/g, '/').replace(/~0/g, '~');
}

// Finds the route of a path. Express's routers try their routes one after the other; here the paths are a tree of segments, so that a request costs
// the same however many paths the contract has (npm run bench -- --only paths), and no more for a long path than for a short one that is not there.
// Express's route is called directly: to have a router of Express look at the path once more costs as much as all that the route does (measured, with
// `send.ts`: 45 µs instead of 56 µs for a request with a token).

import type { IRoute, NextFunction, Request, Response } from 'express';
import { AuthError } from '../domain/errors.ts';

/** `dispatch` is what Express's router calls when it has found the route; the types leave it out. */
export interface Route extends IRoute {
  dispatch(request: Request, response: Response, next: NextFunction): void;
}

export interface FoundPath {
  readonly route: Route;
  /** Decoded. */
  readonly params: Record<string, string>;
}

/** The paths that begin with the same segments; two segments with a parameter count as the same. */
export interface Node {
  readonly literals: Map<string, Node>;
  parameter: Node | null;
  leaf: Leaf | null;
}

interface Leaf {
  readonly route: Route;
  /** By the number of their segment. */
  readonly parameters: readonly (readonly [segment: number, name: string])[];
}

export function createNode(): Node {
  return { literals: new Map(), parameter: null, leaf: null };
}

/** @throws Error when the tree has such a path already, perhaps with parameters of other names, or when a segment is a parameter only in part */
export function plant(tree: Node, path: string, route: Route): void {
  const segments = path.split('/');
  const node = segments.reduce(stepInto, tree);
  if (node.leaf)
    throw new Error(`the contract has two paths that cannot be told apart, one of them ${path}`);
  const names = segments.map((segment) => /^\{(\w+)\}$/.exec(segment)?.[1]);
  if (segments.some((segment, index) => segment.includes('{') && names[index] === undefined))
    throw new Error(`a segment of ${path} is a parameter only in part`);
  node.leaf = {
    route,
    parameters: names.flatMap((name, segment) =>
      name === undefined ? [] : [[segment, name] as const],
    ),
  };
}

function stepInto(node: Node, segment: string): Node {
  if (segment.includes('{')) return (node.parameter ??= createNode());
  const next = node.literals.get(segment) ?? createNode();
  node.literals.set(segment, next);
  return next;
}

/** @throws AuthError `not_found` when a parameter is no percent-encoded UTF-8: nothing can have that name */
export function findPath(tree: Node, segments: readonly string[]): FoundPath | null {
  const leaf = findLeaf(tree, segments, 0);
  if (!leaf) return null;
  const params: Record<string, string> = {};
  for (const [segment, name] of leaf.parameters) params[name] = decode(segments[segment] ?? '');
  return { route: leaf.route, params };
}

/** A literal segment comes before one with a parameter. Each node is visited once at most. */
function findLeaf(node: Node, segments: readonly string[], depth: number): Leaf | null {
  const segment = segments[depth];
  if (segment === undefined) return node.leaf;
  const literal = node.literals.get(segment);
  const found = literal ? findLeaf(literal, segments, depth + 1) : null;
  return (
    found ??
    (node.parameter && segment !== '' ? findLeaf(node.parameter, segments, depth + 1) : null)
  );
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new AuthError('not_found');
  }
}

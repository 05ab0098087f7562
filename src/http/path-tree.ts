// Finds the route of a path. Express's routers try their routes one after the other. Here the paths
// are a tree of segments, so the cost does not depend on the number of paths in the contract
// (npm run bench -- --only paths). An unknown long path costs no more than an unknown short one.
// Express's route is called directly. A second look at the path by a router of Express would cost
// as much as all the work of the route (measured, with `send.ts`: 45 µs instead of 56 µs for a
// request with a token).

import type { IRoute, NextFunction, Request, Response } from 'express';
import { AuthError } from '../domain/errors.ts';

/** Express's router calls `dispatch` on the route that it has found; Express's types omit it. */
export interface Route extends IRoute {
  dispatch(request: Request, response: Response, next: NextFunction): void;
}

export interface FoundPath {
  readonly route: Route;
  /** Decoded values, by name. */
  readonly params: Record<string, string>;
}

/** All paths that begin with the same segments. The names of parameters make no difference. */
export interface Node {
  readonly literals: Map<string, Node>;
  parameter: Node | null;
  leaf: Leaf | null;
}

interface Leaf {
  readonly route: Route;
  /** The names of the parameters, with the index of their segment. */
  readonly parameters: readonly (readonly [segment: number, name: string])[];
}

export function createNode(): Node {
  return { literals: new Map(), parameter: null, leaf: null };
}

/**
 * Adds a path to the tree.
 * @throws Error when the tree has such a path already, perhaps with parameters of other names, or
 * when only a part of a segment is a parameter
 */
export function plant(tree: Node, path: string, route: Route): void {
  const segments = path.split('/');
  const node = segments.reduce(stepInto, tree);
  if (node.leaf)
    throw new Error(`the contract has two paths that match the same requests, one of them ${path}`);
  const names = segments.map((segment) => /^\{(\w+)\}$/.exec(segment)?.[1]);
  if (segments.some((segment, index) => segment.includes('{') && names[index] === undefined))
    throw new Error(`only a part of a segment of ${path} is a parameter`);
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

/**
 * The route of a path; `null` when no path matches.
 * @throws AuthError `not_found` when a parameter is not percent-encoded UTF-8: nothing can have
 * that name
 */
export function findPath(tree: Node, segments: readonly string[]): FoundPath | null {
  const leaf = findLeaf(tree, segments, 0);
  if (!leaf) return null;
  const params: Record<string, string> = {};
  for (const [segment, name] of leaf.parameters) params[name] = decode(segments[segment] ?? '');
  return { route: leaf.route, params };
}

/** A literal segment takes precedence over a parameter. Each node is visited at most once. */
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

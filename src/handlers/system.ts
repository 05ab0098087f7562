// Handlers for the service itself: welcome, liveness, readiness, the contract, and the public keys.

import { createHash } from 'node:crypto';
import type { Contract, JsonObject } from '../contract/document.ts';
import type { Handlers } from '../contract/operations.ts';
import type { Caller, Client } from '../domain/callers/caller.ts';
import { AuthError } from '../domain/errors.ts';
import type { PublicKey } from '../domain/tokens/key-ring.ts';

type System =
  | 'getWelcome'
  | 'getLiveness'
  | 'getReadiness'
  | 'getContractJson'
  | 'getContractJson30'
  | 'getContractYaml'
  | 'getJsonWebKeySet';

/** An OpenAPI document, as far as the contract describes one. */
interface OpenApi {
  openapi: string;
  info: Record<string, unknown>;
  paths: Record<string, unknown>;
  [member: string]: unknown;
}

export interface SystemHandlersParts {
  readonly contract: Contract;
  /** Renders the contract in OpenAPI 3.0. */
  readonly renderContract30: (document: JsonObject) => JsonObject;
  readonly publicKeys: readonly PublicKey[];
  /** Settles when the database answers. */
  readonly ping: () => Promise<void>;
  readonly isDraining: () => boolean;
}

export function createSystemHandlers(
  parts: SystemHandlersParts,
): Pick<Handlers<Caller, Client>, System> {
  const { contract, publicKeys, ping, isDraining } = parts;
  const document = contract.document as OpenApi;
  const hash = createHash('sha256').update(contract.yaml).digest('base64url');
  // Each form has its own tag: an entity tag stands for one text, letter for letter (RFC 9110,
  // section 8.8.1).
  const etagOf = (form: string) => `"${form}-${hash}"`;
  // Each is rendered on its first request: most nodes never receive one.
  const json = once(() => ({ body: document, bytes: Buffer.from(JSON.stringify(document)) }));
  const json30 = once(() => {
    const body = parts.renderContract30(document) as OpenApi;
    return { body, bytes: Buffer.from(JSON.stringify(body)) };
  });
  const yaml = once(() => ({ body: contract.yaml, bytes: Buffer.from(contract.yaml) }));
  return {
    getWelcome({ client }) {
      if (client.prefersPage()) return Promise.resolve({ status: 303 });
      return Promise.resolve({
        status: 200,
        body: { message: 'Welcome to the Node.js JWT Authentication application.' },
      });
    },
    getLiveness: () => Promise.resolve({ status: 200, body: { status: 'alive' } }),
    async getReadiness() {
      if (isDraining())
        throw new AuthError('unavailable', { message: 'This node is shutting down.' });
      // Whatever the database failure is, this node should receive no requests.
      await ping().catch((cause: unknown) => {
        throw new AuthError('unavailable', { cause });
      });
      return { status: 200, body: { status: 'ready' } };
    },
    getContractJson: () =>
      Promise.resolve({ status: 200, ...json(), headers: { ETag: etagOf('json') } }),
    getContractJson30: () =>
      Promise.resolve({ status: 200, ...json30(), headers: { ETag: etagOf('json-3.0') } }),
    getJsonWebKeySet: () => Promise.resolve({ status: 200, body: { keys: [...publicKeys] } }),
    getContractYaml: () =>
      Promise.resolve({ status: 200, ...yaml(), headers: { ETag: etagOf('yaml') } }),
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

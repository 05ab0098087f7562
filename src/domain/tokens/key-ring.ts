// The keys of access tokens: shared secrets (HS256) and private keys (ES256, RS256). All of them
// verify and one signs, so that a change of keys signs no user out. Defends against algorithm
// confusion and foreign keys (RFC 8725, sections 2.1 and 3.1): a key works with one algorithm, is
// found by its own id, and is never taken from the token. Stores nothing.

import { createHash, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';

export type Algorithm = 'HS256' | 'ES256' | 'RS256';

export interface KeyMaterial {
  /** At least 32 bytes each (RFC 7518, section 3.2). */
  readonly secrets: readonly string[];
  /**
   * P-256, or RSA of at least 2048 bits (RFC 7518, sections 3.3 and 3.4). The configuration checks
   * this, and signing with another key throws.
   */
  readonly privateKeys: readonly KeyObject[];
  /** Default: a private key if there is one. All other keys only verify. */
  readonly signWith?: SignWith | null;
}

export type SignWith = 'secret' | 'private-key';

export interface VerifyingKey {
  readonly algorithm: Algorithm;
  readonly key: KeyObject;
}

export interface SigningKey extends VerifyingKey {
  /** A private key's thumbprint; `null` for a secret. */
  readonly id: string | null;
}

export interface KeyRing {
  readonly signing: SigningKey;
  /** The keys that may have signed a token with this header. */
  candidates(header: { readonly alg?: unknown; readonly kid?: unknown }): readonly VerifyingKey[];
  /** The public halves of the private keys, with which other services verify. */
  readonly publicKeys: readonly PublicKey[];
  /** The secrets that seal refresh tokens: the first seals, all verify. */
  readonly refreshSecrets: readonly Buffer[];
}

/** A JSON Web Key (RFC 7517). */
export type PublicKey =
  | ({
      readonly kty: 'EC';
      readonly use: 'sig';
      readonly alg: 'ES256';
      readonly kid: string;
    } & Record<'x' | 'y', string> & {
        readonly crv: 'P-256';
      })
  | ({
      readonly kty: 'RSA';
      readonly use: 'sig';
      readonly alg: 'RS256';
      readonly kid: string;
    } & Record<'n' | 'e', string>);

/**
 * Signs with the first key of the kind that `signWith` names.
 * @throws TypeError when there is no such key, or a secret is too short
 */
export function createKeyRing({ secrets, privateKeys, signWith = null }: KeyMaterial): KeyRing {
  if (secrets.some((secret) => Buffer.byteLength(secret) < 32)) {
    throw new TypeError(
      'a signing secret is shorter than 32 bytes (JWT_SECRET, or the file jwt-secret in DATA_DIR)',
    );
  }
  // Created once: creating a key on each call costs three times the rest of a verification.
  const shared = secrets.map(
    (text) =>
      ({ algorithm: 'HS256', id: null, key: createSecretKey(Buffer.from(text, 'utf8')) }) as const,
  );
  const signers = privateKeys.map((key) => ({ ...nameOf(key), key }));
  const verifiers = privateKeys.map((key) => ({ ...nameOf(key), key: createPublicKey(key) }));
  const secretFirst =
    (signWith ?? (privateKeys.length > 0 ? 'private-key' : 'secret')) === 'secret';
  const signing = secretFirst ? shared[0] : signers[0];
  const texts = secrets.map((text) => Buffer.from(text, 'utf8'));
  const exponents = privateKeys.map((key) =>
    Buffer.from(String(key.export({ format: 'jwk' }).d), 'base64url'),
  );
  if (!signing) throw new TypeError('no signing key is configured');
  return {
    signing,
    candidates({ alg, kid }) {
      if (alg === 'HS256') return shared;
      return verifiers.filter(({ algorithm, id }) => algorithm === alg && id === kid);
    },
    publicKeys: privateKeys.map(publicJwk),
    refreshSecrets: secretFirst ? [...texts, ...exponents] : [...exponents, ...texts],
  };
}

function nameOf(privateKey: KeyObject): { readonly algorithm: Algorithm; readonly id: string } {
  const { alg, kid } = publicJwk(privateKey);
  return { algorithm: alg, id: kid };
}

/** The public half of a private key as a JSON Web Key, named by its thumbprint. */
export function publicJwk(privateKey: KeyObject): PublicKey {
  const {
    kty,
    x = '',
    y = '',
    n = '',
    e = '',
  } = createPublicKey(privateKey).export({ format: 'jwk' });
  if (kty === 'RSA') return { kty, use: 'sig', alg: 'RS256', kid: thumbprint({ e, kty, n }), n, e };
  if (kty !== 'EC') throw new TypeError('a private key is neither P-256 nor RSA');
  const crv = 'P-256';
  return { kty, use: 'sig', alg: 'ES256', kid: thumbprint({ crv, kty, x, y }), crv, x, y };
}

/** RFC 7638, section 3: the required members, in the order of their names. */
function thumbprint(members: Readonly<Record<string, string>>): string {
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url');
}

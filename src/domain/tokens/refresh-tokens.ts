// Refresh tokens. No token is stored. A token consists of these parts, all in base64url:
//
//   session id (16 bytes) · counter (4 bytes, big-endian) · proof (32 bytes) · seal (32 bytes)
//
// proof: SHA-256 of the session's own salt and the counter. The salt is only in the session's
//        database row, so a proof can be checked only there.
// seal:  HMAC-SHA-256 of all bytes before it. HKDF (RFC 5869) derives its key from the server's
//        secret. The seal identifies a foreign token before the database is queried. So a genuine
//        token is judged and exchanged in one statement.
//
// Defends against a stolen database: its salts make proofs, but no seal. Defends against a stolen
// secret: it makes seals, but no proof. Even tokens that were used before do not help, since no
// proof leads to the next.
//
// The same session and counter give the same token on every node. So two tabs that refresh at the
// same time both receive the valid token.

import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

export interface RefreshTokens {
  issue(session: { readonly id: string; readonly refreshSalt: Buffer }, counter: number): string;
  /**
   * The claims of a token; `null` when this service did not issue it. Only the database can decide
   * whether the session exists and the proof is right.
   */
  read(token: string): RefreshClaim | null;
}

export interface RefreshClaim {
  readonly sessionId: string;
  readonly counter: number;
  readonly proof: Buffer;
}

const idLength = 16;
const claimLength = idLength + 4;
const proofLength = 32;
const tokenLength = claimLength + proofLength + 32;

/**
 * `secrets`: the first makes tokens and all verify, so that a change of secrets signs no user out.
 * At least 32 bytes each.
 */
export function createRefreshTokens(secrets: readonly Buffer[]): RefreshTokens {
  const keys = secrets.map((secret) =>
    Buffer.from(hkdfSync('sha256', secret, '', 'rolegate refresh token', 32)),
  );
  const [signing] = keys;
  if (signing === undefined) throw new TypeError('createRefreshTokens needs a secret');
  return {
    issue({ id, refreshSalt }, counter) {
      const claim = Buffer.alloc(claimLength);
      claim.write(id.replace(/-/g, ''), 'hex');
      claim.writeUInt32BE(counter, idLength);
      const sealed = Buffer.concat([claim, proofOf(refreshSalt, counter)]);
      return Buffer.concat([sealed, seal(signing, sealed)]).toString('base64url');
    },
    read(token) {
      const bytes = Buffer.from(token, 'base64url');
      // Decoding is lenient: only the exact spelling that `issue` produces is accepted.
      if (bytes.length !== tokenLength || bytes.toString('base64url') !== token) return null;
      const sealed = bytes.subarray(0, claimLength + proofLength);
      const given = bytes.subarray(claimLength + proofLength);
      if (!keys.some((key) => timingSafeEqual(seal(key, sealed), given))) return null;
      return {
        sessionId: sealed
          .toString('hex', 0, idLength)
          .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
        counter: sealed.readUInt32BE(idLength),
        proof: sealed.subarray(claimLength),
      };
    },
  };
}

/**
 * Whether a token with this proof was made for this session. `rotate` in db/tables/sessions.ts
 * makes the same check in the database.
 */
export function isProven({ counter, proof }: RefreshClaim, refreshSalt: Buffer): boolean {
  return timingSafeEqual(proofOf(refreshSalt, counter), proof);
}

function proofOf(refreshSalt: Buffer, counter: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(counter);
  return createHash('sha256').update(refreshSalt).update(bytes).digest();
}

function seal(key: Buffer, sealed: Buffer): Buffer {
  return createHmac('sha256', key).update(sealed).digest();
}

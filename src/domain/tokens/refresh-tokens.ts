// Refresh tokens. No token is stored. One is
//
//   session id (16 bytes) · counter (4 bytes, big-endian) · proof (32 bytes) · seal (32 bytes), all in base64url
//
// proof: SHA-256 of the session's own salt and the counter. The salt never leaves the database's row, where alone the proof can be checked.
// seal:  HMAC-SHA-256 of all before it, under a key that HKDF (RFC 5869) derives from the server's secret. It tells a token that is ours from one that is
//        not before the database is asked, so that a genuine one is judged and traded in one statement.
//
// Defends against a stolen database, whose salts make proofs and no seal, and against a stolen secret, which makes seals and no proof: not even with
// tokens that were used before, since no proof leads to the next. The same session and counter give the same token, on every node: that is how two tabs
// that refresh at once are both given the one that counts.

import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

export interface RefreshTokens {
  issue(session: { readonly id: string; readonly refreshSalt: Buffer }, counter: number): string;
  /** What a token claims; null when it is none of ours. Whether its session is there and knows the proof, the database tells. */
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

/** `secrets`: the first makes tokens, all verify, so that changing them signs nobody out. At least 32 bytes each. */
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
      // Decoding is lenient; only the one spelling that `issue` gives is a token.
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

/** Whether a token with this proof was made for this session: what `rotate` in db/sessions.ts asks the database. */
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

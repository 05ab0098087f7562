// Refresh tokens. Defends against a stolen database: no token is stored, and none can be made from what is. A token is
//
//   session id (16 bytes) · counter (4 bytes, big-endian) · HMAC-SHA-256 of both (32 bytes), all in base64url
//
// under a key that HKDF (RFC 5869) derives from the server's secret and the session's own salt. The same session and counter give the same
// token, on every node: that is how two tabs that refresh at once are both given the one that counts.

import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

export interface RefreshTokens {
  issue(session: { readonly id: string; readonly refreshSalt: Buffer }, counter: number): string;
  /** What a token claims; null when it is no token at all. What it claims is worth nothing before `isGenuine` has said yes. */
  read(token: string): ClaimedRefresh | null;
}

export interface ClaimedRefresh {
  readonly sessionId: string;
  readonly counter: number;
  isGenuine(refreshSalt: Buffer): boolean;
}

const idLength = 16;
const claimLength = idLength + 4;
const tokenLength = claimLength + 32;

/** `secrets`: the first makes tokens, all verify, so that changing them signs nobody out. At least 32 bytes each. */
export function createRefreshTokens(secrets: readonly Buffer[]): RefreshTokens {
  const [signing] = secrets;
  if (signing === undefined) throw new TypeError('createRefreshTokens needs a secret');
  return {
    issue({ id, refreshSalt }, counter) {
      const claim = Buffer.alloc(claimLength);
      claim.write(id.replace(/-/g, ''), 'hex');
      claim.writeUInt32BE(counter, idLength);
      return Buffer.concat([claim, seal(signing, refreshSalt, claim)]).toString('base64url');
    },
    read(token) {
      const bytes = Buffer.from(token, 'base64url');
      // Decoding is lenient; only the one spelling that `issue` gives is a token.
      if (bytes.length !== tokenLength || bytes.toString('base64url') !== token) return null;
      const claim = bytes.subarray(0, claimLength);
      const sealed = bytes.subarray(claimLength);
      return {
        sessionId: claim.toString('hex', 0, idLength).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
        counter: claim.readUInt32BE(idLength),
        isGenuine: (refreshSalt) => secrets.some((secret) => timingSafeEqual(seal(secret, refreshSalt, claim), sealed)),
      };
    },
  };
}

function seal(secret: Buffer, salt: Buffer, claim: Buffer): Buffer {
  const key = Buffer.from(hkdfSync('sha256', secret, salt, 'rolegate refresh token', 32));
  return createHmac('sha256', key).update(claim).digest();
}

// Access tokens: JSON Web Tokens (RFC 7519), HS256. Defends against forgery and algorithm confusion (RFC 8725, sections 2.1 and 3.1):
// the algorithm is pinned, the issuer and every claim that we write are required, and the keys are made once, here. Stores nothing.

import { createSecretKey, randomUUID } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { AuthError } from './errors.ts';

const { sign, verify, JsonWebTokenError, TokenExpiredError } = jsonwebtoken;
const algorithm = 'HS256';
const issuer = 'rolegate';
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface AccessTokens {
  /** Seconds that a token lives. */
  readonly lifetime: number;
  issue(userId: number, sessionId: string): string;
  /** @throws AuthError `token_expired` for a genuine token that is too old, `token_invalid` for every other that is refused */
  verify(token: string): AccessClaims;
}

/** Whose token it is, and of which session. */
export interface AccessClaims {
  readonly userId: number;
  readonly sessionId: string;
}

interface Options {
  /** The first signs, all verify. At least 32 bytes each (RFC 7518, section 3.2); the configuration sees to that. */
  readonly secrets: readonly string[];
  /** Seconds. */
  readonly lifetime: number;
  /** Milliseconds since 1970; for tests. */
  readonly now?: () => number;
}

export function createAccessTokens({ secrets, lifetime, now = Date.now }: Options): AccessTokens {
  // A key made on each call costs three times the rest of the verification, hence once.
  const keys = secrets.map((secret) => createSecretKey(Buffer.from(secret, 'utf8')));
  const [signingKey] = keys;
  if (!signingKey || secrets.some((secret) => Buffer.byteLength(secret) < 32)) {
    throw new TypeError('a signing secret is missing, or shorter than 32 bytes (JWT_SECRET, or the file jwt-secret in DATA_DIR)');
  }
  const seconds = () => Math.floor(now() / 1000);

  return {
    lifetime,
    issue(userId, sessionId) {
      const claims = {
        sub: String(userId),
        sid: sessionId,
        jti: randomUUID(),
        iat: seconds(),
        exp: seconds() + lifetime,
        iss: issuer,
      };
      return sign(claims, signingKey, { algorithm });
    },
    verify(token) {
      for (const key of keys) {
        const outcome = verifyWith(key, token, seconds());
        if (outcome !== 'other_key') return outcome;
      }
      throw new AuthError('token_invalid');
    },
  };
}

function verifyWith(key: jsonwebtoken.Secret, token: string, clockTimestamp: number): AccessClaims | 'other_key' {
  try {
    return readClaims(verify(token, key, { algorithms: [algorithm], issuer, clockTimestamp }));
  } catch (error) {
    if (error instanceof TokenExpiredError) throw new AuthError('token_expired');
    if (error instanceof JsonWebTokenError) return 'other_key';
    throw error;
  }
}

/** A token that was signed with our key but not by us may lack what we write; it is refused. */
function readClaims(claims: jsonwebtoken.JwtPayload | string): AccessClaims {
  const { sub, sid, jti, exp } = typeof claims === 'string' ? ({} as jsonwebtoken.JwtPayload) : claims;
  if (typeof sub !== 'string' || !/^[1-9]\d{0,15}$/.test(sub) || !jti || exp === undefined) throw new AuthError('token_invalid');
  if (typeof sid !== 'string' || !uuid.test(sid)) throw new AuthError('token_invalid');
  return { userId: Number(sub), sessionId: sid };
}

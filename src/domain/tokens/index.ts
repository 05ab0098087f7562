// Tokens: the signing keys, access tokens, refresh tokens, and the two tokens of a session.
// One-time tokens (one-time-tokens.ts) are made and found by the capabilities that mail them.

import { createAccessTokens, type AccessTokens } from './access-tokens.ts';
import { createKeyRing, type KeyMaterial, type PublicKey } from './key-ring.ts';
import { createRefreshTokens, type RefreshTokens } from './refresh-tokens.ts';
import { createTokensFor, type TokensFor } from './session-tokens.ts';

export interface Tokens {
  readonly accessTokens: AccessTokens;
  readonly refreshTokens: RefreshTokens;
  readonly tokensFor: TokensFor;
  /** The public keys that verify access tokens, as JSON Web Keys (RFC 7517). */
  readonly publicKeys: readonly PublicKey[];
}

export interface TokensParts {
  readonly keys: KeyMaterial;
  /** Seconds that an access token lives at most. */
  readonly accessTokenTtl: number;
  /** Seconds that a session lives without a refresh. */
  readonly sessionIdleTtl: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function createTokens({ keys, accessTokenTtl, sessionIdleTtl, now }: TokensParts): Tokens {
  const keyRing = createKeyRing(keys);
  const accessTokens = createAccessTokens({ keyRing, now });
  const refreshTokens = createRefreshTokens(keyRing.refreshSecrets);
  const tokensFor = createTokensFor({
    accessTokens,
    refreshTokens,
    accessTokenTtl,
    sessionIdleTtl,
    now,
  });
  return { accessTokens, refreshTokens, tokensFor, publicKeys: keyRing.publicKeys };
}

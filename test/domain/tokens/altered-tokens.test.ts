import { generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import { AuthError } from '../../../src/domain/errors.ts';
import { createAccessTokens } from '../../../src/domain/tokens/access-tokens.ts';
import { createKeyRing, type KeyMaterial } from '../../../src/domain/tokens/key-ring.ts';

const keys: Readonly<Record<'HS256' | 'RS256' | 'ES256', KeyMaterial>> = {
  HS256: { secrets: ['a secret of the tests, which is long enough'], privateKeys: [] },
  RS256: {
    secrets: [],
    privateKeys: [generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey],
  },
  ES256: {
    secrets: [],
    privateKeys: [generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey],
  },
};

for (const [algorithm, material] of Object.entries(keys)) {
  describe(`an access token that was signed with ${algorithm} and then altered`, () => {
    const tokens = createAccessTokens({
      keyRing: createKeyRing(material),
      now: () => 1_000_000,
    });
    const token = tokens.issue(
      {
        userId: 7,
        sessionId: '0b6ff0c5-5a3b-4a3f-9d7e-1f2d3c4b5a69',
        username: 'alice',
        roles: ['ROLE_USER'],
      },
      60,
    );
    const [header = '', payload = '', signature = ''] = token.split('.');
    const codeOf = (text: string): string => {
      try {
        tokens.verify(text);
        return 'accepted';
      } catch (error) {
        return error instanceof AuthError ? error.code : String(error);
      }
    };
    const signatureOf = (length: number) => Buffer.alloc(length, 7).toString('base64url');

    it('is accepted as long as it is unaltered', () => {
      expect(codeOf(token)).to.equal('accepted');
    });

    for (const length of [0, 1, 31, 32, 33, 63, 64, 65, 70, 72, 128, 255, 256, 257, 1_000]) {
      it(`is token_invalid with a signature of ${length} bytes`, () => {
        expect(codeOf(`${header}.${payload}.${signatureOf(length)}`)).to.equal('token_invalid');
      });
    }

    it('is token_invalid with a signature that is cut off at any character', () => {
      const codes = Array.from(signature, (_, end) =>
        codeOf(`${header}.${payload}.${signature.slice(0, end)}`),
      );
      expect(new Set(codes)).to.deep.equal(new Set(['token_invalid']));
    });

    it('is token_invalid with any other byte anywhere in its header or payload', () => {
      const codes = new Set<string>();
      for (const [part, text] of [header, payload].entries()) {
        const bytes = Buffer.from(text, 'base64url');
        for (let index = 0; index < bytes.length; index++) {
          for (const flip of [1, 32, 128, 255]) {
            const altered = Buffer.from(bytes);
            altered[index] = (bytes[index] ?? 0) ^ flip;
            const parts = [header, payload, signature];
            parts[part] = altered.toString('base64url');
            codes.add(codeOf(parts.join('.')));
          }
        }
      }
      expect(codes).to.deep.equal(new Set(['token_invalid']));
    });

    it('is token_invalid with any other character anywhere in its text', () => {
      const codes = new Set<string>();
      for (let index = 0; index < header.length + 1 + payload.length; index++) {
        for (const character of ['A', '.', '=', ' ', '\u0000', 'é'])
          if (token[index] !== character)
            codes.add(codeOf(token.slice(0, index) + character + token.slice(index + 1)));
      }
      expect(codes).to.deep.equal(new Set(['token_invalid']));
    });
  });
}

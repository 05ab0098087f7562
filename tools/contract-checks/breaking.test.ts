// Holds what finds breaking changes against changes that are known to break clients, and against some that are known not to.

import { deepEqual, equal, match, notEqual, throws } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadContract } from '../../src/contract/document.ts';
import { announcesBreaks, findBreaks } from './breaking.ts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a document that is cut up as text would be
type Loose = any;
type Change = readonly [what: string, change: (contract: Loose) => void];

const { document } = loadContract(fileURLToPath(new URL('released/openapi.yaml', import.meta.url)));
const released = (document['info'] as { version: string }).version;
const breaksOf = (change: (contract: Loose) => void) => {
  const changed = structuredClone(document);
  change(changed);
  return findBreaks(document, changed);
};
const get = (contract: Loose, path: string) => contract.paths[path].get;
const narrowed = (response: Loose) =>
  response.content['application/problem+json'].schema.allOf[1].properties.code;
const setRoles = (contract: Loose, path: string, roles: string[]) => {
  for (const alternative of get(contract, path).security)
    for (const scheme in alternative) alternative[scheme] = roles;
};

const breaking: Change[] = [
  ['an operation that is gone', (c) => delete c.paths['/api/account'].delete],
  ['a path that is gone', (c) => delete c.paths['/api/roles']],
  ['an operation of another name', (c) => (get(c, '/api/roles').operationId = 'getRoles')],
  [
    'a member that a request must have',
    ({ components: { schemas } }) => schemas.CreateUserRequest.required.push('roles'),
  ],
  [
    'a member that a request may not have any more',
    (c) => delete c.components.schemas.SignInRequest.properties.transport,
  ],
  [
    'a value that a request may not have any more',
    (c) => c.components.schemas.SignInRequest.properties.transport.enum.pop(),
  ],
  ['a shorter text in a request', (c) => (c.components.schemas.Username.maxLength = 20)],
  ['another pattern in a request', (c) => (c.components.schemas.Username.pattern = '^[a-z]+$')],
  [
    'a body that must be there',
    (c) => (c.paths['/api/auth/refresh'].post.requestBody.required = true),
  ],
  [
    'a media type that is not taken any more',
    (c) =>
      delete c.paths['/api/auth/signin'].post.requestBody.content[
        'application/x-www-form-urlencoded'
      ],
  ],
  ['a parameter that must be there', (c) => (c.components.parameters.IfMatch.required = true)],
  ['a parameter that is gone', (c) => get(c, '/api/users').parameters.shift()],
  [
    'a parameter with a lower maximum',
    (c) => (get(c, '/api/users').parameters[3].schema.maximum = 50),
  ],
  ['a status that is gone', (c) => delete get(c, '/api/users/{userId}').responses['404']],
  [
    'another success',
    ({
      paths: {
        '/api/users': { post },
      },
    }) => (post.responses = { 200: post.responses[201] }),
  ],
  ['an error code that is gone', (c) => narrowed(c.components.responses.TokenRefused).enum.pop()],
  ['another error code', (c) => (narrowed(c.components.responses.UserNotFound).const = 'gone')],
  [
    'a value that answers do not have any more',
    (c) => c.components.schemas.AuditDetails.properties.reason.enum.pop(),
  ],
  ['a member that answers may lack', (c) => c.components.schemas.UserDetails.required.pop()],
  [
    'a member that answers do not have any more',
    (c) => delete c.components.schemas.SignInReply.properties.accessToken,
  ],
  ['a member of another type', (c) => (c.components.schemas.UserId.type = 'string')],
  [
    'a member that may be null',
    (c) => (c.components.schemas.UserDetails.properties.disabled.type = ['boolean', 'null']),
  ],
  [
    'another media type of an answer',
    ({ paths }) => {
      const { responses } = paths['/api/test/all'].get;
      responses[200].content = { 'text/html': responses[200].content['text/plain'] };
    },
  ],
  [
    'a header that is gone',
    (c) => delete get(c, '/api/users/{userId}').responses['200'].headers.ETag,
  ],
  ['a header that may be missing', (c) => (c.components.headers.ETag.required = false)],
  [
    'a token where none was needed',
    (c) => (get(c, '/api/test/all').security = [{ bearerAuth: [] }]),
  ],
  ['a way to send the token that is gone', (c) => get(c, '/api/test/mod').security.pop()],
  [
    'a role where none was asked for',
    (c) => {
      setRoles(c, '/api/test/user', ['user']);
    },
  ],
  [
    'one more role',
    (c) => {
      setRoles(c, '/api/test/mod', ['moderator', 'admin']);
    },
  ],
  [
    'another role',
    (c) => {
      setRoles(c, '/api/test/mod', ['admin']);
    },
  ],
  [
    'another name of the header with the token',
    (c) => (c.components.securitySchemes.accessTokenHeader.name = 'x-token'),
  ],
  ['another base of all paths', (c) => (c.servers[0].url = '/v2')],
];

const harmless: Change[] = [
  ['nothing', () => undefined],
  [
    'an operation more',
    (c) => (c.paths['/api/more'] = { get: { ...get(c, '/api/roles'), operationId: 'more' } }),
  ],
  [
    'another description and example',
    (c) => {
      get(c, '/api/roles').description = 'Other words.';
      c.components.examples.SignUpAlice.value.username = 'carol';
    },
  ],
  [
    'a member that a request may have',
    (c) => (c.components.schemas.SignUpRequest.properties.age = { type: 'integer' }),
  ],
  [
    'a member that a request need not have',
    (c) => c.components.schemas.SignUpRequest.required.pop(),
  ],
  ['a longer text in a request', (c) => (c.components.schemas.CurrentPassword.maxLength = 99)],
  [
    'a parameter that may be there',
    (c) =>
      get(c, '/api/users').parameters.push({
        name: 'more',
        in: 'query',
        schema: { type: 'string' },
      }),
  ],
  [
    'a status more',
    (c) => (get(c, '/api/roles').responses['409'] = c.components.responses.LastAdmin),
  ],
  [
    'a member more in answers',
    ({ components: { schemas } }) => {
      schemas.UserDetails.properties.more = { type: 'string' };
      schemas.UserDetails.required.push('more');
    },
  ],
  [
    'a header more',
    (c) => (get(c, '/api/roles').responses['200'].headers.More = { schema: { type: 'string' } }),
  ],
  [
    'one role less',
    (c) => {
      setRoles(c, '/api/test/mod', []);
    },
  ],
  [
    'one more way to send the token',
    (c) => {
      c.components.securitySchemes.other = { type: 'apiKey', in: 'header', name: 'x-other' };
      get(c, '/api/test/mod').security.push({ other: ['moderator'] });
    },
  ],
  ['no link any more', (c) => delete c.paths['/api/users'].post.responses['201'].links],
];

describe('what breaks clients', () => {
  for (const [what, change] of breaking)
    it(`is ${what}`, () => {
      notEqual(breaksOf(change).length, 0);
    });
});

describe('what breaks nobody', () => {
  for (const [what, change] of harmless)
    it(`is ${what}`, () => {
      deepEqual(breaksOf(change), []);
    });
});

describe('the check', () => {
  /** Of a contract without deleteAccount. */
  const check = (version: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'rolegate-breaking-'));
    try {
      const contract = structuredClone(document) as Loose;
      delete contract.paths['/api/account'].delete;
      contract.info.version = version;
      const file = join(folder, 'openapi.yaml');
      writeFileSync(file, JSON.stringify(contract)); // JSON is YAML
      const script = fileURLToPath(new URL('check-breaking.ts', import.meta.url));
      return spawnSync(process.execPath, ['--import', 'tsx', script, file], { encoding: 'utf8' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  it('fails, and says where, when the version does not announce it', () => {
    const { status, stdout, stderr } = check(released);
    equal(status, 1);
    match(stdout, /~1api~1account\/delete/);
    match(stderr, /raise the first number/);
  });

  it('passes when the version announces it', () => {
    const [major = 0, minor = 0] = released.split('.').map(Number);
    equal(check(major === 0 ? `0.${minor + 1}.0` : `${major + 1}.0.0`).status, 0);
  });
});

describe('a version', () => {
  const raised: [string, string, boolean][] = [
    ['0.1.0', '0.1.0', false],
    ['0.1.0', '0.1.9', false],
    ['0.1.0', '0.2.0', true],
    ['0.9.0', '1.0.0', true],
    ['1.2.0', '1.3.0', false],
    ['1.2.3', '2.0.0', true],
  ];
  for (const [from, to, isSo] of raised)
    it(`${to} after ${from} says ${isSo ? 'that clients may break' : 'that none breaks'}`, () => {
      equal(announcesBreaks(from, to), isSo);
    });

  it('does not go down, and is three numbers', () => {
    throws(() => announcesBreaks('0.2.0', '0.1.9'), /went down/);
    throws(() => announcesBreaks('0.2.0', 'next'), /no version/);
  });
});

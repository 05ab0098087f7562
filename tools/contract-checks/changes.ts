// The changes of the contract that breaking.test.ts makes: some break clients, some are harmless.

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests change any part of it
export type Loose = any;
type Change = readonly [what: string, change: (contract: Loose) => void];

const get = (contract: Loose, path: string) => contract.paths[path].get;
const narrowed = (response: Loose) =>
  response.content['application/problem+json'].schema.allOf[1].properties.code;
const setRoles = (contract: Loose, path: string, roles: string[]) => {
  for (const alternative of get(contract, path).security)
    for (const scheme in alternative) alternative[scheme] = roles;
};

export const breaking: Change[] = [
  ['a removed operation', (c) => delete c.paths['/api/account'].delete],
  ['a removed path', (c) => delete c.paths['/api/roles']],
  ['a renamed operation', (c) => (get(c, '/api/roles').operationId = 'getRoles')],
  [
    'a new required member of a request',
    ({ components: { schemas } }) => schemas.CreateUserRequest.required.push('roles'),
  ],
  [
    'a removed member of a request',
    (c) => delete c.components.schemas.SignInRequest.properties.transport,
  ],
  [
    'a removed value of a request',
    (c) => c.components.schemas.SignInRequest.properties.transport.enum.pop(),
  ],
  ['a shorter maximum length in a request', (c) => (c.components.schemas.Username.maxLength = 20)],
  ['another pattern in a request', (c) => (c.components.schemas.Username.pattern = '^[a-z]+$')],
  [
    'a body that becomes required',
    (c) => (c.paths['/api/auth/refresh'].post.requestBody.required = true),
  ],
  [
    'a removed media type of a request',
    (c) =>
      delete c.paths['/api/auth/signin'].post.requestBody.content[
        'application/x-www-form-urlencoded'
      ],
  ],
  ['a parameter that becomes required', (c) => (c.components.parameters.IfMatch.required = true)],
  ['a removed parameter', (c) => get(c, '/api/users').parameters.shift()],
  [
    'a parameter with a lower maximum',
    (c) => (get(c, '/api/users').parameters[3].schema.maximum = 50),
  ],
  ['a removed status', (c) => delete get(c, '/api/users/{userId}').responses['404']],
  [
    'another status of a success',
    ({
      paths: {
        '/api/users': { post },
      },
    }) => (post.responses = { 200: post.responses[201] }),
  ],
  ['a removed error code', (c) => narrowed(c.components.responses.TokenRefused).enum.pop()],
  ['another error code', (c) => (narrowed(c.components.responses.UserNotFound).const = 'gone')],
  [
    'a removed value of answers',
    (c) => c.components.schemas.AuditDetails.properties.reason.enum.pop(),
  ],
  [
    'a member of answers that becomes optional',
    (c) => c.components.schemas.UserDetails.required.pop(),
  ],
  [
    'a removed member of answers',
    (c) => delete c.components.schemas.SignInReply.properties.accessToken,
  ],
  ['a member of another type', (c) => (c.components.schemas.UserId.type = 'string')],
  [
    'a member that becomes nullable',
    (c) => (c.components.schemas.UserDetails.properties.disabled.type = ['boolean', 'null']),
  ],
  [
    'another media type of an answer',
    ({ paths }) => {
      const { responses } = paths['/api/test/all'].get;
      responses[200].content = { 'text/html': responses[200].content['text/plain'] };
    },
  ],
  ['a removed header', (c) => delete get(c, '/api/users/{userId}').responses['200'].headers.ETag],
  ['a header that becomes optional', (c) => (c.components.headers.ETag.required = false)],
  [
    'a token for a public operation',
    (c) => (get(c, '/api/test/all').security = [{ bearerAuth: [] }]),
  ],
  ['a removed way to send the token', (c) => get(c, '/api/test/mod').security.pop()],
  [
    'a role for an operation without one',
    (c) => {
      setRoles(c, '/api/test/user', ['user']);
    },
  ],
  [
    'an additional role',
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
    'another name of the token header',
    (c) => (c.components.securitySchemes.accessTokenHeader.name = 'x-token'),
  ],
  ['another server URL', (c) => (c.servers[0].url = '/v2')],
];

export const harmless: Change[] = [
  ['no change', () => undefined],
  [
    'a new operation',
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
    'a new optional member of a request',
    (c) => (c.components.schemas.SignUpRequest.properties.age = { type: 'integer' }),
  ],
  [
    'a member of a request that becomes optional',
    (c) => c.components.schemas.SignUpRequest.required.pop(),
  ],
  [
    'a longer maximum length in a request',
    (c) => (c.components.schemas.CurrentPassword.maxLength = 99),
  ],
  [
    'a new optional parameter',
    (c) =>
      get(c, '/api/users').parameters.push({
        name: 'more',
        in: 'query',
        schema: { type: 'string' },
      }),
  ],
  [
    'a new status',
    (c) => (get(c, '/api/roles').responses['409'] = c.components.responses.LastAdmin),
  ],
  [
    'a new member of answers',
    ({ components: { schemas } }) => {
      schemas.UserDetails.properties.more = { type: 'string' };
      schemas.UserDetails.required.push('more');
    },
  ],
  [
    'a new header',
    (c) => (get(c, '/api/roles').responses['200'].headers.More = { schema: { type: 'string' } }),
  ],
  [
    'a removed role',
    (c) => {
      setRoles(c, '/api/test/mod', []);
    },
  ],
  [
    'a new way to send the token',
    (c) => {
      c.components.securitySchemes.other = { type: 'apiKey', in: 'header', name: 'x-other' };
      get(c, '/api/test/mod').security.push({ other: ['moderator'] });
    },
  ],
  ['a removed link', (c) => delete c.paths['/api/users'].post.responses['201'].links],
];

// Starts Swagger UI, and keeps the access token for the reader: the answer of `signIn` sets it in
// Authorize, and so on. The token stays in the page's memory. `persistAuthorization` would store it
// in localStorage, where any script of this origin can read it while it is valid.

const getsToken = ['signIn', 'refreshTokens'];
const endsToken = ['signOut', 'deleteAccount'];
const scheme = 'bearerAuth';

/** A plugin for Swagger UI: reads each answer to "Execute" by its operation, and passes it on. */
function keepsToken() {
  const setResponse = (original, system) => (path, method, response) => {
    const id = system.specSelectors.specJson().getIn(['paths', path, method, 'operationId']);
    // With `transport: cookie` the body has no token: the browser keeps it.
    if (getsToken.includes(id) && response.ok && response.obj?.accessToken)
      authorize(system, response.obj.accessToken);
    if (endsToken.includes(id) && response.ok) system.authActions.logout([scheme]);
    return original(path, method, response);
  };
  return { statePlugins: { spec: { wrapActions: { setResponse } } } };
}

function authorize({ authActions, specSelectors }, value) {
  const schema = specSelectors.specJson().getIn(['components', 'securitySchemes', scheme]);
  authActions.authorize({ [scheme]: { name: scheme, schema, value } });
}

SwaggerUIBundle({
  domNode: document.getElementById('docs'),
  url: '/openapi.json',
  plugins: [keepsToken],
  tryItOutEnabled: true,
  persistAuthorization: false,
  deepLinking: true,
  filter: true,
  displayOperationId: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null, // otherwise it sends the contract to its vendor's server
});

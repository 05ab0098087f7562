// Starts Swagger UI, and keeps the access token for whoever tries the API: the answer of `signIn` puts it into Authorize, and so on.
// The token stays in the page's memory. What survives a reload (`persistAuthorization`) would lie in localStorage, where any script of this
// origin finds it for as long as it is good.

const getsToken = ['signIn', 'refreshTokens'];
const endsToken = ['signOut', 'deleteAccount'];
const scheme = 'bearerAuth';

/** A plugin for Swagger UI: looks at each answer to "Execute" by its operation, and lets it pass. */
function keepsToken() {
  const setResponse = (original, system) => (path, method, response) => {
    const id = system.specSelectors.specJson().getIn(['paths', path, method, 'operationId']);
    // With `transport: cookie` there is no token in the body, and the browser keeps it by itself.
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
  validatorUrl: null, // else it shows the contract to a server of its makers
});

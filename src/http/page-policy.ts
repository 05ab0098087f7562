// The one header that pages have and other answers have not: a Content Security Policy. Defends whoever tries the API there, with a token at
// hand, against a script that got into the page: nothing runs, and nothing leaves, but to this service. The contract says the same policy.

import helmet from 'helmet';

const none = ["'none'"];
/** Of an empty text: Redoc makes empty `<style>` elements and fills them rule by rule (CSSOM), which a policy lets pass by this hash. */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

export const pagePolicy = helmet.contentSecurityPolicy({
  useDefaults: false,
  directives: {
    defaultSrc: none,
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", emptyStyle],
    imgSrc: ["'self'", 'data:'], // the icons in Swagger UI's stylesheet
    connectSrc: ["'self'"],
    workerSrc: ['blob:'], // Redoc's search, whose code is in its script
    baseUri: none,
    formAction: none,
    frameAncestors: none,
  },
});

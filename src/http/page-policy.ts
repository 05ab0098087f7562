// The one header that pages have and other answers have not: a Content Security Policy. Defends whoever tries the API there, with a token at
// hand, against a script that got into the page: nothing runs, and nothing leaves, but to this service. The contract says the same policy.

import helmet from 'helmet';

const none = ["'none'"];
/**
 * Redoc's two `<style>` elements. One is empty and filled rule by rule (CSSOM), and this is the hash of an empty text; the other is that of its
 * scroll bars, the same in every Redoc of this version. With them, `'unsafe-inline'` is not needed.
 */
const redocStyles = [
  "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
  "'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='",
];

export const pagePolicy = helmet.contentSecurityPolicy({
  useDefaults: false,
  directives: {
    defaultSrc: none,
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", ...redocStyles],
    imgSrc: ["'self'", 'data:'], // the icons in Swagger UI's stylesheet
    connectSrc: ["'self'"],
    workerSrc: ['blob:'], // Redoc's search, whose code is in its script
    baseUri: none,
    formAction: none,
    frameAncestors: none,
  },
});

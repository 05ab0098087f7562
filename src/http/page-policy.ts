// The Content Security Policy, the one header that only pages have. Defends a user who tries the
// API on a page, with a token at hand, against an injected script. Only this service's code runs,
// and data is sent only to this service. The contract declares the same policy.

import helmet from 'helmet';

const none = ["'none'"];
/**
 * The hashes of Redoc's two `<style>` elements, so that `'unsafe-inline'` is not needed. One
 * element is empty and filled rule by rule (CSSOM); its hash is that of an empty text. The other
 * styles the scroll bars, and is the same in every Redoc of this version.
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

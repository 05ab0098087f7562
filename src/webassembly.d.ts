// The part of WebAssembly that the service uses. TypeScript declares it only for browsers.

declare namespace WebAssembly {
  const Module: new (bytes: Uint8Array) => object;
  const Instance: new (module: object) => { readonly exports: unknown };
}

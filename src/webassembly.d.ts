// What the service uses of WebAssembly: TypeScript tells of it among the browser's types only.

declare namespace WebAssembly {
  const Module: new (bytes: Uint8Array) => object;
  const Instance: new (module: object) => { readonly exports: unknown };
}

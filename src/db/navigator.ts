// Defines `navigator` as Node.js 21 and later do. Import it before pg. Without it, pg recognises
// its runtime by `Response`. That loads Node's HTTP client, whose WebAssembly reserves 10 GiB of
// addresses. Where a process may not reserve them (`ulimit -v`), Node.js 20 would end.

if (!('navigator' in globalThis))
  Object.defineProperty(globalThis, 'navigator', {
    value: { userAgent: 'Node.js' },
    configurable: true,
  });

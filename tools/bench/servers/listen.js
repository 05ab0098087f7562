// How the servers of this folder live: they listen on PORT of this machine alone, and end with the benchmark that started them, however that ends.

/** @param {{ listen(port: number, host: string): unknown }} server */
export function listen(server) {
  process.on('disconnect', () => process.exit());
  if (process.channel === null) process.exit();
  server.listen(Number(process.env.PORT), '127.0.0.1');
}

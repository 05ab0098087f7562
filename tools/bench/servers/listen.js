// Listens on PORT of loopback, and exits when the benchmark that started the server ends for any
// reason.

/** @param {{ listen(port: number, host: string): unknown }} server */
export function listen(server) {
  process.on('disconnect', () => process.exit());
  if (process.channel === null) process.exit();
  server.listen(Number(process.env.PORT), '127.0.0.1');
}

// Bounds the work that one connection may cause. Node.js starts all pipelined requests of a chunk
// of data at once. A client can send 1,500 requests in 60 kB and never read the answers, which
// would all stay in memory. Here a connection has few requests in progress; the others wait, and
// while any waits, nothing more is read.

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Requests of one connection that are in progress at the same time. */
const mostInProgress = 8;
/** Requests that may wait: more than fit into a chunk of 64 kB, which is all that is read ahead. */
const mostWaiting = 4_000;

interface Pipeline {
  inProgress: number;
  readonly waiting: [IncomingMessage, ServerResponse][];
}

/** Passes requests on to `handle`, in order, never more than eight of a connection at once. */
export function boundPipelines(handle: RequestListener): RequestListener {
  const pipelines = new WeakMap<Socket, Pipeline>();

  function begin(request: IncomingMessage, response: ServerResponse, pipeline: Pipeline): void {
    pipeline.inProgress += 1;
    // Emitted when the response is complete, or when the connection is gone.
    response.once('close', () => {
      pipeline.inProgress -= 1;
      next(request.socket, pipeline);
    });
    handle(request, response);
  }

  function next(socket: Socket, pipeline: Pipeline): void {
    if (socket.destroyed) pipeline.waiting.length = 0;
    const first = pipeline.waiting.shift();
    if (!first) return;
    if (pipeline.waiting.length === 0) socket.resume();
    begin(...first, pipeline);
  }

  return function handleInTurn(request, response) {
    const { socket } = request;
    let pipeline = pipelines.get(socket);
    if (!pipeline) pipelines.set(socket, (pipeline = { inProgress: 0, waiting: [] }));
    if (pipeline.inProgress < mostInProgress) {
      begin(request, response, pipeline);
      return;
    }
    pipeline.waiting.push([request, response]);
    socket.pause();
    if (pipeline.waiting.length > mostWaiting) socket.destroy();
  };
}

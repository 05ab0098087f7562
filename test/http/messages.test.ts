import { createServer, get, IncomingMessage, ServerResponse, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import express, { type Express } from 'express';
import { createMessages } from '../../src/http/messages.ts';

interface Seen {
  readonly request: unknown;
  readonly response: unknown;
  readonly locals: unknown;
}

/** The prototypes and locals of the messages as Node builds them, and as Express leaves them. */
async function watch(
  app: Express,
  messages: ReturnType<typeof createMessages> | object,
): Promise<readonly [Seen, Seen]> {
  const seen: Seen[] = [];
  const look = (request: IncomingMessage, response: ServerResponse) => {
    const { locals } = response as ServerResponse & { locals: unknown };
    seen.push({
      request: Object.getPrototypeOf(request),
      response: Object.getPrototypeOf(response),
      locals,
    });
  };
  app.get('/', (request, response) => {
    look(request, response);
    response.type('text').send(String(request.get('x-word')));
  });
  const server = createServer(messages, (request, response) => {
    look(request, response);
    app(request, response);
  });
  expect(await answerOf(server)).to.equal('word');
  return seen as [Seen, Seen];
}

async function answerOf(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const [answer] = (await once(
    get({ port, host: '127.0.0.1', headers: { 'x-word': 'word' } }),
    'response',
  )) as [IncomingMessage];
  const chunks = await answer.toArray();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return Buffer.concat(chunks as Buffer[]).toString();
}

describe('the requests and responses that Node builds', () => {
  it('have the prototypes of Express from the beginning, so Express changes nothing', async () => {
    const app = express();
    const [before, after] = await watch(app, createMessages(app));
    expect(after.request).to.equal(before.request).and.to.equal(app.request);
    expect(after.response).to.equal(before.response).and.to.equal(app.response);
    expect(after.locals).to.equal(before.locals).and.to.be.an('object');
  });

  it('are changed by Express when Node builds them without createMessages', async () => {
    const app = express();
    const [before, after] = await watch(app, {});
    expect(after.request).to.not.equal(before.request);
    expect(after.response).to.not.equal(before.response);
  });

  it('inherit from the classes of Node and the prototypes of Express', () => {
    const app = express();
    const { request, response } = app;
    createMessages(app);
    expect(app.request).to.be.instanceOf(IncomingMessage);
    expect(app.response).to.be.instanceOf(ServerResponse);
    expect(Object.getPrototypeOf(app.request)).to.equal(request);
    expect(Object.getPrototypeOf(app.response)).to.equal(response);
    expect(app.request.app).to.equal(app);
  });
});

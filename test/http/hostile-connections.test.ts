import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { listen, type RunningServer } from '../../src/server.ts';
import { exchange } from '../../tools/service/http.ts';
import { startNode, type Running } from '../../tools/service/process.ts';
import { temporaryFolder } from '../support/postgres.ts';

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

async function open(port: number, text: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined); // the server may reset it
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}

describe('a connection with many pipelined requests', () => {
  let server: RunningServer;
  let held: ServerResponse[];
  let seen: string[];
  before(async () => {
    server = await listen({
      handle(request, response) {
        seen.push(request.url ?? '');
        held.push(response);
      },
      port: 0,
      host: '127.0.0.1',
      isDraining: () => false,
    });
  });
  beforeEach(() => {
    held = [];
    seen = [];
  });
  after(() => server.close(0));

  it('has at most eight of them in progress', async () => {
    const paths = Array.from({ length: 500 }, (_, index) => `/${index}`);
    const socket = await open(server.port, paths.map(get).join(''));
    const answers = once(socket.resume(), 'close');
    let most = 0;
    while (seen.length < paths.length || held.length > 0) {
      await pause(1);
      most = Math.max(most, held.length);
      for (const response of held.splice(0)) response.end();
    }
    expect(most).to.equal(8);
    expect(seen).to.deep.equal(paths);
    socket.destroy();
    await answers;
  });

  it('is forgotten with its waiting requests when the client goes away', async () => {
    const socket = await open(server.port, get('/').repeat(100));
    while (held.length < 8) await pause(1);
    const closed = once(held[0]!, 'close');
    socket.destroy();
    await closed;
    await pause(10);
    expect(seen).to.have.lengthOf(8);
  });
});

describe('a connection that does nothing useful', () => {
  const limits = {
    timeout: 200,
    headersTimeout: 200,
    requestTimeout: 200,
    connectionsCheckingInterval: 20,
    keepAliveTimeout: 65_000,
  };
  const large = Buffer.alloc(50_000_000);
  let server: RunningServer;
  before(async () => {
    server = await listen({
      handle: (_request, response) => response.end(large),
      port: 0,
      host: '127.0.0.1',
      isDraining: () => false,
      limits,
    });
  });
  after(() => server.close(0));

  const texts = {
    'never sends a byte': '',
    'sends half of the headers': 'GET / HTTP/1.1\r\nHost: ',
    'sends half of the body':
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf',
  };
  for (const [what, text] of Object.entries(texts)) {
    it(`is closed when it ${what}`, async () => {
      const socket = await open(server.port, text);
      await once(socket.resume(), 'close');
    });
  }

  it('is closed when it does not read the answer', async () => {
    const socket = await open(server.port, get('/'));
    await pause(3 * limits.timeout);
    let received = 0;
    socket.on('data', (chunk: Buffer) => (received += chunk.length));
    await once(socket, 'close');
    expect(received).to.be.below(large.length);
  });
});

describe('a node with 1,500 requests for a large document, by a client that reads nothing', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let node: Running;
  let url: string;
  before(async function () {
    this.timeout(60_000);
    folder = await temporaryFolder();
    node = startNode({ DATA_DIR: folder.path, PORT: '0' });
    url = await node.url();
  });
  after(async () => {
    node.kill('SIGTERM');
    await node.ended;
    await folder.remove();
  });

  const megabytes = () => {
    const status = readFileSync(`/proc/${node.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  };

  const paths = ['/docs/redoc.js', '/openapi.json', '/openapi-3.0.json', '/openapi.yaml'];
  for (const path of paths) {
    it(`keeps its memory, and answers others: ${path}`, async function () {
      if (process.platform !== 'linux') this.skip();
      for (let count = 0; count < 20; count++) await exchange(url, { path });
      const quiet = megabytes();
      const socket = await open(Number(new URL(url).port), get(path).repeat(1_500));
      let most = 0;
      for (let count = 0; count < 40; count++) {
        expect((await exchange(url, { path: '/api/test/all' })).status).to.equal(200);
        most = Math.max(most, megabytes());
        await pause(25);
      }
      socket.destroy();
      expect(most - quiet).to.be.below(100);
    });
  }
});

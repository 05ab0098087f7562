import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import express, { type Response } from 'express';
import { createMessages } from '../../src/http/messages.ts';
import { send } from '../../src/http/send.ts';

describe('a text that is sent', () => {
  let server: Server;
  let port: number;
  let answer: (response: Response) => void;
  before(async () => {
    const app = express();
    app.use((_request, response) => {
      answer(response);
    });
    server = createServer(createMessages(app), app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const form = { mediaType: 'text/plain', headers: { 'Cache-Control': 'no-store' } };

  it('is written whole, once, with the other answers of its turn', async () => {
    const ended: boolean[] = [];
    answer = (response) => {
      send(response, 200, form, 'täxt');
      ended.push(response.writableEnded);
    };
    const answers = await Promise.all(
      ['GET', 'HEAD', 'GET'].map((method) => fetch(`http://127.0.0.1:${port}/`, { method })),
    );
    for (const { headers } of answers) {
      expect(headers.get('content-type')).to.equal('text/plain; charset=utf-8');
      expect(headers.get('content-length')).to.equal('5');
      expect(headers.get('cache-control')).to.equal('no-store');
    }
    expect(await Promise.all(answers.map((each) => each.text()))).to.deep.equal([
      'täxt',
      '',
      'täxt',
    ]);
    expect(ended).to.deep.equal([false, false, false]);
  });

  it('harms nobody when its reader has gone in the meantime', async () => {
    let tell: (response: Response) => void = () => undefined;
    const gone = new Promise<Response>((resolve) => (tell = resolve));
    answer = (response) => {
      send(response, 200, form, 'text');
      response.destroy();
      tell(response);
    };
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    const response = await gone;
    await turn();
    expect(response.destroyed).to.equal(true);
    answer = (next) => {
      send(next, 200, form, 'still here');
    };
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).to.equal('still here');
  });
});

import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import express, { type Response } from 'express';
import { createMessages } from '../../src/http/messages.ts';
import { send } from '../../src/http/send.ts';

describe('a text response', () => {
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

  /** Answers three requests at the same time. `ended`: whether `send` itself ended a response. */
  const answerThree = async () => {
    const ended: boolean[] = [];
    answer = (response) => {
      send(response, 200, form, 'täxt');
      ended.push(response.writableEnded);
    };
    const answers = await Promise.all(
      ['GET', 'HEAD', 'GET'].map((method) => fetch(`http://127.0.0.1:${port}/`, { method })),
    );
    return { answers, ended };
  };

  it('declares its media type, its length in bytes and the headers of its form', async () => {
    const { answers } = await answerThree();
    for (const { headers } of answers) {
      expect(headers.get('content-type')).to.equal('text/plain; charset=utf-8');
      expect(headers.get('content-length')).to.equal('5');
      expect(headers.get('cache-control')).to.equal('no-store');
    }
  });

  it('holds the whole text, or no body in answer to HEAD', async () => {
    const { answers } = await answerThree();
    expect(await Promise.all(answers.map((each) => each.text()))).to.deep.equal([
      'täxt',
      '',
      'täxt',
    ]);
  });

  it('is written after the code that sends it, together with other responses', async () => {
    const { answers, ended } = await answerThree();
    await Promise.all(answers.map((each) => each.text()));
    expect(ended).to.deep.equal([false, false, false]);
  });

  it('may lose its reader before it is written, and the next client is served', async () => {
    let resolveGone: (response: Response) => void = () => undefined;
    const gone = new Promise<Response>((resolve) => (resolveGone = resolve));
    answer = (response) => {
      send(response, 200, form, 'text');
      response.destroy();
      resolveGone(response);
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

// The classes that Node builds requests and responses of. Express gives each message its own prototypes on arrival (`Object.setPrototypeOf`), which
// sends V8 down its slow path for the rest of the message's life. Here Node builds them with these prototypes in the first place, so that
// the call changes nothing and costs nothing.

import { IncomingMessage, ServerResponse, type ServerOptions } from 'node:http';
import type { Express } from 'express';
import { createLocals } from './locals.ts';

/** The documented options of `http.createServer`. */
export type Messages = Required<Pick<ServerOptions, 'IncomingMessage' | 'ServerResponse'>>;

export function createMessages(app: Express): Messages {
  class ExpressRequest extends IncomingMessage {}
  class ExpressResponse extends ServerResponse {
    /** Express would make one that V8 treats as a dictionary. */
    readonly locals = createLocals();
  }
  app.request = inherit(ExpressRequest, app.request);
  app.response = inherit(ExpressResponse, app.response);
  return { IncomingMessage: ExpressRequest, ServerResponse: ExpressResponse as never };
}

function inherit<Prototype extends object>(
  messages: { readonly prototype: object },
  express: Prototype,
): Prototype {
  return Object.setPrototypeOf(messages.prototype, express) as Prototype;
}

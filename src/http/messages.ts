// The classes from which Node builds requests and responses. Express replaces the prototype of each
// message on arrival (`Object.setPrototypeOf`), which forces V8 onto its slow path for the rest of
// the message's life. Here Node builds messages with these prototypes from the beginning. So the
// call of Express changes nothing and costs nothing.

import { IncomingMessage, ServerResponse, type ServerOptions } from 'node:http';
import type { Express } from 'express';
import { createLocals } from './locals.ts';

/** The documented options of `http.createServer`. */
export type Messages = Required<Pick<ServerOptions, 'IncomingMessage' | 'ServerResponse'>>;

export function createMessages(app: Express): Messages {
  class ExpressRequest extends IncomingMessage {}
  class ExpressResponse extends ServerResponse {
    /** Replaces the `locals` of Express, which V8 would treat as a dictionary. */
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

// Writes an answer. The one place where replies and problems become bytes.

import type { Response } from 'express';
import type { ReplyHeaders } from '../contract/operations.ts';

interface Form {
  /** null where the answer has no body. */
  readonly mediaType: string | null;
  readonly headers: ReplyHeaders;
}

export function send(response: Response, status: number, { mediaType, headers }: Form, body: unknown): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (mediaType === null) {
    response.end();
    return;
  }
  response.type(mediaType);
  // A problem does not pass the response check, which hooks `json` and would throw inside the error handler.
  if (mediaType === 'application/problem+json') response.send(JSON.stringify(body));
  else if (/[/+]json$/.test(mediaType)) response.json(body);
  else response.send(body);
}

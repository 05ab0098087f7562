// Writes an answer. The one place where replies and problems become bytes.

import type { Response } from 'express';
import type { ReplyForm } from '../contract/document.ts';

export function send(response: Response, status: number, { mediaType, headers }: ReplyForm, body: unknown): void {
  response.status(status).set(headers);
  if (mediaType === null) {
    response.end();
    return;
  }
  response.type(mediaType);
  if (/[/+]json$/.test(mediaType)) response.json(body);
  else response.send(body);
}

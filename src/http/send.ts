// Writes a response. The one place where replies and problems become bytes.

import type { Response } from 'express';
import type { ReplyHeaders } from '../contract/operations.ts';

interface Form {
  /** `null` when the response has no body. */
  readonly mediaType: string | null;
  readonly headers: ReplyHeaders;
}

export function send(
  response: Response,
  status: number,
  { mediaType, headers }: Form,
  body: unknown,
): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (mediaType === null) {
    response.end();
    return;
  }
  // A problem bypasses the response check, which hooks `json` and would throw in the error handler.
  if (body instanceof Uint8Array) response.type(mediaType).send(body);
  else if (mediaType === 'application/problem+json')
    writeText(response, mediaType, JSON.stringify(body));
  else if (isJson(mediaType)) response.type(mediaType).json(body);
  else if (typeof body === 'string' && headers['ETag'] === undefined)
    writeText(response, mediaType, body);
  else response.type(mediaType).send(body); // Express compares the entity tag
}

/** Includes media types with the structured syntax suffix (RFC 6839, section 3.1). */
export function isJson(mediaType: string): boolean {
  return /[/+]json$/.test(mediaType);
}

/**
 * Replaces Express's `send`, which parses the media type and looks for entity tags each time. With
 * `path-tree.ts`, this saves a fifth of a request with a token.
 */
function writeText(response: Response, mediaType: string, text: string): void {
  response.setHeader('Content-Type', `${mediaType}; charset=utf-8`);
  response.setHeader('Content-Length', Buffer.byteLength(text));
  // Written at the end of this turn of the event loop, with the other responses of the turn. Each
  // write wakes the process at the other end. On loopback and in virtual machines, that costs more
  // than the whole request; many writes in a row wake it once. Nothing is written to the response
  // after this. Measured, 32 connections on loopback: 34 µs a request instead of 55 µs.
  // A response waits no longer than for the requests that arrived with its own.
  setImmediate(() => response.end(text));
}

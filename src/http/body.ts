// Reads a request's body, on operations that take one, in the media types that the contract
// declares. Defends against wasted memory and time: a small limit, no decompression, and one
// declared media type, without its parameters, for the validator. The validator keeps one compiled
// schema for each media type that it sees, for ever.

import { isUtf8 } from 'node:buffer';
import express, { type Request, type RequestHandler } from 'express';
import type { JsonObject, Operation } from '../contract/document.ts';
import { AuthError } from '../domain/errors.ts';

/** Bytes. */
const limit = 16 * 1024;

const parsers: Readonly<Record<string, RequestHandler>> = {
  // Takes any JSON value: the contract requires an object. Refuses bytes that are not UTF-8,
  // because they would be replaced silently.
  'application/json': express.json({
    limit,
    inflate: false,
    strict: false,
    type: () => true,
    verify: refuseBrokenUtf8,
  }),
  'application/x-www-form-urlencoded': express.urlencoded({
    limit,
    inflate: false,
    extended: false,
    type: () => true,
    verify: refuseBrokenEscapes,
  }),
};

/**
 * The middleware that reads the body of this operation.
 * @throws Error when a declared media type has no parser here
 */
export function createReadBody({ requestSchemas }: Operation): RequestHandler {
  const declared = [...requestSchemas.keys()];
  for (const mediaType of declared)
    if (!parsers[mediaType]) throw new Error(`no parser for the media type ${mediaType}`);
  const refusal = `This operation takes ${declared.join(' or ')}.`;

  return function readBody(request, response, next) {
    const mediaType = mediaTypeOf(request) ?? (hasBody(request) ? null : declared[0]);
    const parse =
      mediaType != null && requestSchemas.has(mediaType) ? parsers[mediaType] : undefined;
    if (!parse || mediaType == null || !isUtf8Declared(request)) {
      delete request.headers['content-type'];
      throw new AuthError('unsupported_media_type', { message: refusal });
    }
    if (Number(request.headers['content-length'] ?? 0) > limit) {
      response.set('Connection', 'close'); // do not read the refused body
      throw new AuthError('body_too_large');
    }
    // Without its parameters: body-parser does not know every spelling of UTF-8.
    request.headers['content-type'] = mediaType;
    parse(request, response, (error?: unknown) => {
      if (error) {
        next(toAuthError(error, refusal));
        return;
      }
      if (mediaType === 'application/x-www-form-urlencoded')
        readForm(request, requestSchemas.get(mediaType) ?? {});
      next();
    });
  };
}

function mediaTypeOf(request: Request): string | undefined {
  return request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
}

/** RFC 8259, section 8.1, and the URL Standard allow no other character set. */
function isUtf8Declared(request: Request): boolean {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(
    request.headers['content-type'] ?? '',
  )?.[1];
  return charset === undefined || /^utf-?8$/i.test(charset);
}

/** RFC 9112, section 6.3. */
function hasBody(request: Request): boolean {
  return (
    request.headers['transfer-encoding'] !== undefined ||
    Number(request.headers['content-length'] ?? 0) > 0
  );
}

function refuseBrokenUtf8(_request: unknown, _response: unknown, bytes: Buffer): void {
  if (!isUtf8(bytes)) throw new Error('not UTF-8');
}

/** Refuses bytes and escapes (`%FC`, a lone `%`) that are not UTF-8; they would stay literal. */
function refuseBrokenEscapes(_request: unknown, _response: unknown, bytes: Buffer): void {
  refuseBrokenUtf8(_request, _response, bytes);
  decodeURIComponent(bytes.toString());
}

/**
 * Converts a form, which has only texts. Where the contract declares an array, one value becomes a
 * list of one. Where it declares a boolean, `true` and `false` become booleans.
 */
function readForm(request: Request, schema: JsonObject): void {
  const body = request.body as JsonObject | undefined;
  for (const [name, member] of Object.entries((schema['properties'] ?? {}) as JsonObject)) {
    const value = body?.[name];
    if (!body || typeof value !== 'string') continue;
    const { type } = member as JsonObject;
    if (type === 'array') body[name] = [value];
    if (type === 'boolean' && (value === 'true' || value === 'false'))
      body[name] = value === 'true';
  }
}

/** Translates body-parser's errors by `type` (https://github.com/expressjs/body-parser#errors). */
function toAuthError(error: unknown, refusal: string): unknown {
  switch ((error as { type?: string }).type) {
    case 'entity.too.large':
      return new AuthError('body_too_large');
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new AuthError('unsupported_media_type', { message: refusal });
    case 'parameters.too.many':
      return new AuthError('validation_failed', {
        breaches: [{ path: '/body', message: 'has too many members' }],
      });
    case 'querystring.parse.rangeError':
      return new AuthError('validation_failed', {
        breaches: [{ path: '/body', message: 'must NOT have nested members' }],
      });
    case 'entity.parse.failed':
    case 'entity.verify.failed':
    case 'request.aborted':
    case 'request.size.invalid':
      return new AuthError('malformed_body');
    default:
      return error;
  }
}

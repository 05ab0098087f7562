// Collects Prism's findings on answers, which Prism adds as a header of each answer. Findings on
// requests are ignored, because `rolegate verify` sends invalid requests on purpose. It never keeps
// a body or a header of an exchange.

import type { Received } from '../service/http.ts';
import type { Passing } from '../service/altering-proxy.ts';

/** The format of Prism 5. */
interface Finding {
  readonly location: readonly (string | number)[];
  readonly message: string;
}

export interface Heard {
  readonly violations: readonly string[];
  /** The number of answers that Prism judged. */
  readonly judged: number;
  /** The number of requests that bypassed Prism, by reason. */
  readonly detours: ReadonlyMap<string, number>;
}

const header = 'sl-violations';

export function createOpinion() {
  let violations: string[] = [];
  let judged = 0;
  let detours = new Map<string, number>();
  return {
    /** For `startMeddler`: records Prism's findings, and removes them from the answer. */
    note(request: Passing, { status, headers }: Received): Pick<Received, 'headers'> {
      const reason = reasonForDetour(request);
      if (reason) detours.set(reason, (detours.get(reason) ?? 0) + 1);
      else judged++;
      const findings = JSON.parse((headers[header] as string | undefined) ?? '[]') as Finding[];
      for (const { location, message } of findings.filter(
        (finding) => finding.location[0] === 'response',
      ))
        violations.push(
          `${request.method} ${withoutQuery(request.path)} ${status}: ` +
            `${location.join('.')} ${message}`,
        );
      const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== header));
      // Prism folds several Set-Cookie headers into one, which clients cannot read (RFC 6265,
      // section 3).
      const cookies = headers['set-cookie']?.flatMap((text) => text.split(/,\s*(?=__Host-)/));
      return { headers: cookies ? { ...kept, 'set-cookie': cookies } : kept };
    },
    /** Returns the findings since the last call, and clears them. */
    take(): Heard {
      const heard = { violations, judged, detours };
      violations = [];
      judged = 0;
      detours = new Map();
      return heard;
    },
  };
}

/** The reason why Prism 5.16 cannot forward a request; `null` when it can. */
export function reasonForDetour({ method, path, body }: Passing): string | null {
  if (method === 'HEAD')
    return 'Prism answers HEAD with 500, because it reads a JSON body that does not exist';
  if (method === 'GET' && withoutQuery(path) === '/')
    return 'Prism follows redirects instead of forwarding them';
  return body === undefined || isJsonOrForm(body)
    ? null
    : 'Prism crashes when a body does not match its media type';
}

function isJsonOrForm(body: Buffer): boolean {
  try {
    JSON.parse(body.toString());
    return true;
  } catch {
    return /^\w+=/.test(body.toString());
  }
}

function withoutQuery(path: string): string {
  return path.split('?')[0] ?? path;
}

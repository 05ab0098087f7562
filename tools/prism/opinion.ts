// What Prism thinks of the answers that pass through it: it says so in a header of the answer. Its opinion on requests is of no interest, since
// verify sends bad ones on purpose. Never keeps a body or a header of an exchange.

import type { Received } from '../service/http.ts';
import type { Passing } from '../service/altering-proxy.ts';

/** As Prism 5 writes it. */
interface Finding {
  readonly location: readonly (string | number)[];
  readonly message: string;
}

export interface Heard {
  readonly violations: readonly string[];
  /** How many answers it judged. */
  readonly judged: number;
  /** How many requests it could not carry, by the reason. */
  readonly detours: ReadonlyMap<string, number>;
}

const header = 'sl-violations';

export function createOpinion() {
  let violations: string[] = [];
  let judged = 0;
  let detours = new Map<string, number>();
  return {
    /** For startMeddler: notes what Prism says, and takes it away again. */
    note(request: Passing, { status, headers }: Received): Pick<Received, 'headers'> {
      const reason = reasonForDetour(request);
      if (reason) detours.set(reason, (detours.get(reason) ?? 0) + 1);
      else judged++;
      const findings = JSON.parse((headers[header] as string | undefined) ?? '[]') as Finding[];
      for (const { location, message } of findings.filter(
        (finding) => finding.location[0] === 'response',
      ))
        violations.push(
          `${request.method} ${withoutQuery(request.path)} ${status}: ${location.join('.')} ${message}`,
        );
      const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== header));
      // Prism makes one of several, which no client can read (RFC 6265, section 3).
      const cookies = headers['set-cookie']?.flatMap((text) => text.split(/,\s*(?=__Host-)/));
      return { headers: cookies ? { ...kept, 'set-cookie': cookies } : kept };
    },
    /** What was heard since it was taken last. */
    take(): Heard {
      const heard = { violations, judged, detours };
      violations = [];
      judged = 0;
      detours = new Map();
      return heard;
    },
  };
}

/** Why Prism 5.16 cannot carry a request; null when it can. */
export function reasonForDetour({ method, path, body }: Passing): string | null {
  if (method === 'HEAD')
    return 'it answers HEAD with 500, since it reads the JSON that is not there';
  if (method === 'GET' && withoutQuery(path) === '/')
    return 'it follows redirects instead of passing them on';
  return body === undefined || isJsonOrForm(body)
    ? null
    : 'it dies of a body that is not what its media type says';
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

// Asks the deployment one thing after the other, politely: never two at once, within a bound, waiting when it is told to. Holds every answer
// against the contract and against what was expected, and records both.

import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, AnswerCheck } from '../contract/answer-check.ts';
import type { Sample } from '../contract/samples.ts';
import type { Sent, Wire } from './http.ts';
import { Stopped } from './errors.ts';
import type { Records } from './records.ts';

export interface Expected {
  readonly status: number;
  readonly code?: string;
  /** Another answer that is as good, since it depends on how the deployment is configured. */
  readonly or?: { readonly status: number; readonly code: string };
}

export interface Question {
  /** What is tried, in a few words. */
  readonly name: string;
  readonly operationId?: string | null;
  readonly path?: string;
  readonly method?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is a text. */
  readonly body?: unknown;
  readonly expected: Expected;
}

export interface Asking {
  readonly samples: readonly Sample[];
  /** Records a breach and goes on. */
  ask(operationId: string, question: Omit<Question, 'operationId'>): Promise<Answer>;
  /** @throws Stopped when the answer is another one: what builds on it cannot be tried */
  must(operationId: string, question: Omit<Question, 'operationId'>): Promise<Answer>;
  /** For what belongs to no operation. */
  askOutside(question: Question): Promise<Answer>;
  /** Without a look at the contract, and also when the run is over: for cleaning up. */
  quietly(sent: Sent): Promise<Answer>;
  readonly requests: () => number;
}

export interface AskingParts {
  readonly wire: Wire;
  readonly check: AnswerCheck;
  readonly samples: readonly Sample[];
  readonly records: Records;
  readonly signal: AbortSignal;
  readonly maxRequests: number;
  readonly onProgress: (requests: number, what: string) => void;
  /** Every answer with the request before it, for what has to be remembered of them. */
  readonly onAnswer: (operationId: string | null, body: unknown, answer: Answer) => void;
}

/** Seconds that are waited at most for one answer, and in the whole run, when the deployment asks to. */
const longestWait = 10;
const allWaits = 60;
/** Requests beyond the bound, which cleaning up may need. */
const reserve = 200;

export function createAsking(parts: AskingParts): Asking {
  const { wire, check, samples, records, signal, maxRequests } = parts;
  let requests = 0;
  let waited = 0;

  async function send(sent: Sent, limit: number, stop?: AbortSignal, or?: number): Promise<Answer> {
    for (let tries = 1; ; tries++) {
      if (stop?.aborted) throw new Stopped('it was told to stop');
      if (++requests > limit) throw new Stopped(`${limit} requests are enough`);
      const answer = await wire.send(sent);
      const wait = Number(answer.headers['retry-after'] ?? 1);
      const mayWait = tries < 4 && wait <= longestWait && waited + wait <= allWaits;
      if (![429, 503].includes(answer.status) || answer.status === or || !mayWait) return answer;
      waited += wait;
      await pause(wait * 1000, undefined, stop && { signal: stop }).catch(() => {
        throw new Stopped('it was told to stop');
      });
    }
  }

  async function hold(operationId: string | null, sent: Sent, question: Question): Promise<Answer> {
    const { name, expected } = question;
    const record = { operationId, name, status: expected.status };
    parts.onProgress(requests, `${operationId ?? sent.method}: ${name}`);
    const start = performance.now();
    const seconds = () => (performance.now() - start) / 1000;
    const answer = await send(sent, maxRequests, signal, expected.or?.status).catch(
      (error: unknown) => {
        const reason = (error as Error).message;
        if (!(error instanceof Stopped))
          records.add({
            ...record,
            breaches: [`there was no answer: ${reason}`],
            seconds: seconds(),
          });
        throw error instanceof Stopped ? error : new Stopped(`there was no answer: ${reason}`);
      },
    );
    parts.onAnswer(operationId, question.body, answer);
    const { breaches, undeclaredHeaders } = await check(sent.method, sent.path, answer);
    const all = breaches.map((breach) => `answered ${answer.status}, and ${breach}`);
    const entry = {
      ...record,
      breaches: [...all, ...unexpected(answer, expected)],
      seconds: seconds(),
    };
    records.add(entry, { status: answer.status, undeclaredHeaders });
    return answer;
  }

  async function ask(
    operationId: string,
    question: Omit<Question, 'operationId'>,
  ): Promise<Answer> {
    const sample = samples.find(({ id }) => id === operationId);
    // A deployment that is held against its own contract may lack an operation.
    if (!sample) throw new Stopped(`the contract has no operation ${operationId}`);
    const method = question.method ?? sample.method;
    return hold(operationId, toSent(method, question.path ?? sample.path, question), question);
  }

  return {
    samples,
    ask,
    async must(operationId, question) {
      const answer = await ask(operationId, question);
      if (answer.status !== question.expected.status)
        throw new Stopped(`${operationId} answered ${answer.status}`);
      return answer;
    },
    askOutside: (question) =>
      hold(
        question.operationId ?? null,
        toSent(question.method ?? 'GET', question.path ?? '/', question),
        question,
      ),
    quietly: (sent) => send(sent, maxRequests + reserve),
    requests: () => requests,
  };
}

function toSent(method: string, path: string, { query, headers, body }: Question): Sent {
  const isText = typeof body === 'string';
  return {
    method,
    path: query === undefined ? path : `${path}?${query}`,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
  };
}

function unexpected({ status, body }: Answer, expected: Expected): string[] {
  if (status === expected.or?.status) return [];
  const { code } = (body ?? {}) as { code?: unknown };
  if (status === expected.or?.status && code === expected.or.code) return [];
  if (status !== expected.status) return [`answered ${status}; expected was ${expected.status}`];
  return expected.code === undefined || code === expected.code
    ? []
    : [`answered another code than ${expected.code}`];
}

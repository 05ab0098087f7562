// Sends one request at a time, at most `maxRequests`, and waits when the deployment asks for it.
// Checks every answer against the contract and against the expectation, and records the result.

import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, AnswerCheck } from '../contract/answer-check.ts';
import type { Sample } from '../contract/samples.ts';
import type { Sent, Wire } from './http.ts';
import { Stopped } from './errors.ts';
import type { Records } from './records.ts';

/** The answer that a request must get. */
export interface Expected {
  readonly status: number;
  readonly code?: string;
  /** Another answer that is also correct, because it depends on the deployment's configuration. */
  readonly or?: { readonly status: number; readonly code: string };
}

/** A request with its expected answer. */
export interface Question {
  /** A short name of the attempt, for the report. */
  readonly name: string;
  readonly operationId?: string | null;
  readonly path?: string;
  readonly method?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is a string. */
  readonly body?: unknown;
  readonly expected: Expected;
}

/** Sends requests and records the answers. */
export interface Asking {
  readonly samples: readonly Sample[];
  /** Records a violation and goes on. */
  ask(operationId: string, question: Omit<Question, 'operationId'>): Promise<Answer>;
  /** @throws Stopped when the status is another one: later steps depend on this answer */
  must(operationId: string, question: Omit<Question, 'operationId'>): Promise<Answer>;
  /** For requests that belong to no operation. */
  askOutside(question: Question): Promise<Answer>;
  /** Sends without checking the answer, also after the run was stopped: for cleaning up. */
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
  /** Called with every answer and the body of its request. */
  readonly onAnswer: (operationId: string | null, body: unknown, answer: Answer) => void;
}

/**
 * Seconds to wait at most, for one answer and in the whole run, when the deployment sends
 * `Retry-After`.
 */
const longestWait = 10;
const allWaits = 60;
/** More requests, beyond `maxRequests`, for cleaning up. */
const reserve = 200;

/** Creates the only sender of requests in a run. */
export function createAsking(parts: AskingParts): Asking {
  const { wire, check, samples, records, signal, maxRequests } = parts;
  let requests = 0;
  let waited = 0;

  async function send(sent: Sent, limit: number, stop?: AbortSignal, or?: number): Promise<Answer> {
    for (let tries = 1; ; tries++) {
      if (stop?.aborted) throw new Stopped('the run was stopped');
      if (++requests > limit) throw new Stopped(`the limit of ${limit} requests is reached`);
      const answer = await wire.send(sent);
      const wait = Number(answer.headers['retry-after'] ?? 1);
      const mayWait = tries < 4 && wait <= longestWait && waited + wait <= allWaits;
      if (![429, 503].includes(answer.status) || answer.status === or || !mayWait) return answer;
      waited += wait;
      await pause(wait * 1000, undefined, stop && { signal: stop }).catch(() => {
        throw new Stopped('the run was stopped');
      });
    }
  }

  async function askAndRecord(
    operationId: string | null,
    sent: Sent,
    question: Question,
  ): Promise<Answer> {
    const { name, expected } = question;
    const record = { operationId, name, status: expected.status };
    parts.onProgress(requests, `${operationId ?? sent.method}: ${name}`);
    const start = performance.now();
    const seconds = () => (performance.now() - start) / 1000;
    const failWithoutAnswer = (error: unknown): never => {
      if (error instanceof Stopped) throw error;
      const reason = `there was no answer: ${(error as Error).message}`;
      records.add({ ...record, breaches: [reason], seconds: seconds() });
      throw new Stopped(reason);
    };
    const or = expected.or?.status;
    const answer = await send(sent, maxRequests, signal, or).catch(failWithoutAnswer);
    parts.onAnswer(operationId, question.body, answer);
    const { breaches, undeclaredHeaders } = await check(sent.method, sent.path, answer);
    const all = breaches.map((breach) => `answered ${answer.status}, and ${breach}`);
    const violations = [...all, ...unexpected(answer, expected)];
    const entry = { ...record, breaches: violations, seconds: seconds() };
    records.add(entry, { status: answer.status, undeclaredHeaders });
    return answer;
  }

  const ask: Asking['ask'] = async (operationId, question) => {
    const sample = samples.find(({ id }) => id === operationId);
    // With --their-contract, the contract may lack an operation.
    if (!sample) throw new Stopped(`the contract has no operation ${operationId}`);
    const method = question.method ?? sample.method;
    const sent = toSent(method, question.path ?? sample.path, question);
    return askAndRecord(operationId, sent, question);
  };

  return {
    samples,
    ask,
    async must(operationId, question) {
      const answer = await ask(operationId, question);
      if (answer.status !== question.expected.status)
        throw new Stopped(`${operationId} answered ${answer.status}`);
      return answer;
    },
    askOutside(question) {
      const sent = toSent(question.method ?? 'GET', question.path ?? '/', question);
      return askAndRecord(question.operationId ?? null, sent, question);
    },
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
  if (status !== expected.status) return [`answered ${status}; expected ${expected.status}`];
  return expected.code === undefined || code === expected.code
    ? []
    : [`the error code is not ${expected.code}`];
}

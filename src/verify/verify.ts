// Checks a deployment against the contract, by HTTP alone. It compares the contracts, runs the
// journeys, sends what must be refused, and deletes the users that it created.

import { isDeepStrictEqual } from 'node:util';
import { createAnswerCheck } from '../contract/answer-check.ts';
import type { JsonObject } from '../contract/document.ts';
import { listSamples, type Sample } from '../contract/samples.ts';
import { createAsking, type AskingParts } from './asking.ts';
import { Stopped, VerifyError } from './errors.ts';
import { createWire, type Wire } from './http.ts';
import { changePassword, deleteAccount, endSessions, readAccount } from './journeys/account.ts';
import { administer } from './journeys/administration.ts';
import { askPublic } from './journeys/public.ts';
import {
  refreshAndReuse,
  signInRefusals,
  signOut,
  signUpRefusals,
  withCookies,
} from './journeys/signing-in.ts';
import { createJudge } from './judge.ts';
import { createRecords, type Records } from './records.ts';
import { refuseBadInput, refuseStrangers, tryMethods } from './refusals.ts';
import { createUsers } from './users.ts';
import { bearer, signUpAndIn, type SignedIn, type World } from './world.ts';

/** The options of a run. */
export interface VerifyOptions {
  readonly url: URL;
  readonly adminToken: string | null;
  /** The contract of this package. */
  readonly ours: JsonObject;
  /** Whether to check the deployment against its own contract if that differs from ours. */
  readonly theirContract: boolean;
  /** The domain of the users' e-mail addresses. */
  readonly emailDomain: string;
  readonly maxRequests: number;
  readonly userAgent: string;
  readonly signal: AbortSignal;
  readonly onProgress: AskingParts['onProgress'];
}

/** The result of a run. */
export interface Verified {
  readonly records: Records;
  /** The operations that the deployment was checked against. */
  readonly samples: readonly Sample[];
  readonly version: string;
  /** How its contract differs from ours; `null` if it does not. */
  readonly mismatch: string | null;
  readonly requests: number;
  /** The steps that did not finish, and why. */
  readonly stops: readonly string[];
  /** The names of users that may still exist. */
  readonly left: readonly string[];
}

/**
 * Runs all checks and deletes the created users, also when the run fails or is stopped.
 * @throws VerifyError when the deployment does not answer, serves no contract, or refuses the
 *   admin's token
 */
export async function verify(options: VerifyOptions): Promise<Verified> {
  const { adminToken, ours, signal, maxRequests, onProgress } = options;
  const wire = createWire(options.url, options.userAgent);
  try {
    const theirs = await fetchContract(wire);
    const mismatch = compare(ours, theirs);
    const document = options.theirContract ? theirs : ours;
    if (adminToken !== null) await tryAdminToken(wire, adminToken);
    const records = createRecords();
    const users = createUsers(options.emailDomain, adminToken);
    const check = createAnswerCheck(document, createJudge(document));
    const samples = listSamples(document);
    const onAnswer: AskingParts['onAnswer'] = (_, body, answer) => {
      users.note(body, answer);
    };
    const asking = createAsking({
      wire,
      check,
      samples,
      records,
      signal,
      maxRequests,
      onProgress,
      onAnswer,
    });
    const tokens = new Map(adminToken === null ? [] : [['admin', adminToken]]);
    const world: World = {
      asking,
      users,
      stranger: users.make(),
      adminToken,
      tokens,
      target: null,
    };
    const stops: string[] = [];
    let left: string[] = [];
    try {
      await takeAll(world, document, stops, signal);
    } finally {
      left = await users.deleteAll(asking);
    }
    const { version } = document['info'] as { version: string };
    return { records, samples, version, mismatch, requests: asking.requests(), stops, left };
  } finally {
    wire.close();
  }
}

async function takeAll(
  world: World,
  document: JsonObject,
  stops: string[],
  signal: AbortSignal,
): Promise<void> {
  const take = async <Result>(
    name: string,
    journey: () => Promise<Result>,
  ): Promise<Result | null> => {
    if (signal.aborted) return null;
    try {
      return await journey();
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      stops.push(`${name}: ${error.message}`);
      return null;
    }
  };
  await take('public operations', () => askPublic(world));
  const account = await take('sign-up and sign-in', () => signUpAndIn(world));
  if (account) {
    world.tokens.set('', account.token);
    world.target = { userId: account.id, sessionId: account.sessionId };
    for (const [name, journey] of journeys) await take(name, () => journey(world, account));
  }
  const { adminToken } = world;
  if (adminToken !== null) await take('administration', () => administer(world, adminToken));
  for (const sample of world.asking.samples) {
    await take(`refusals of ${sample.id}`, async () => {
      await refuseStrangers(world, sample);
      await refuseBadInput(world, document, sample);
    });
  }
  await take('methods', () => tryMethods(world));
  await take('deleting an account', () => deleteAccount(world));
}

const journeys: readonly (readonly [string, (world: World, account: SignedIn) => Promise<void>])[] =
  [
    ['refused sign-ups', signUpRefusals],
    ['refused sign-ins', signInRefusals],
    ['the account', readAccount],
    ['refreshing', refreshAndReuse],
    ['cookies', withCookies],
    ['sessions', endSessions],
    ['the password', changePassword],
    ['signing out', signOut],
  ];

async function fetchContract(wire: Wire): Promise<JsonObject> {
  const answer = await wire
    .send({ method: 'GET', path: '/openapi.json' })
    .catch((error: unknown) => {
      const { message, code } = error as { message?: string; code?: string };
      throw new VerifyError(`The deployment does not answer: ${message === '' ? code : message}`);
    });
  const document = answer.body as Partial<Record<'openapi' | 'paths' | 'info', unknown>> | null;
  if (
    answer.status !== 200 ||
    typeof document !== 'object' ||
    !document?.openapi ||
    !document.paths ||
    !document.info
  ) {
    throw new VerifyError(
      `There is no contract at /openapi.json: the answer is ${answer.status}. ` +
        "Is this the service's URL?",
    );
  }
  return document;
}

async function tryAdminToken(wire: Wire, token: string): Promise<void> {
  const { status } = await wire.send({
    method: 'GET',
    path: '/api/test/admin',
    headers: bearer(token),
  });
  if (status === 401 || status === 403)
    throw new VerifyError(`The deployment refuses the admin token: it answers ${status}.`);
}

function compare(ours: JsonObject, theirs: JsonObject): string | null {
  const [mine, its] = [ours, theirs].map(({ info }) =>
    String((info as { version?: unknown }).version),
  );
  if (mine !== its)
    return `The deployment has version ${its} of the contract; this package has ${mine}.`;
  return isDeepStrictEqual(ours, theirs)
    ? null
    : `The deployment's contract has our version number, ${mine}, but its text differs.`;
}

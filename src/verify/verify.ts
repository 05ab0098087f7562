// Holds a deployment against the contract, by HTTP alone: compares the contracts, takes the journeys, tries what has to be refused, and deletes
// the users that it made.

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

export interface VerifyOptions {
  readonly url: URL;
  readonly adminToken: string | null;
  /** This package's contract. */
  readonly ours: JsonObject;
  /** Whether to hold the deployment against its own contract, should it be another one. */
  readonly theirContract: boolean;
  /** The users' addresses end with it. */
  readonly emailDomain: string;
  readonly maxRequests: number;
  readonly userAgent: string;
  readonly signal: AbortSignal;
  readonly onProgress: AskingParts['onProgress'];
}

export interface Verified {
  readonly records: Records;
  /** What the deployment was held against. */
  readonly samples: readonly Sample[];
  readonly version: string;
  /** In what its contract differs from ours; null when it does not. */
  readonly mismatch: string | null;
  readonly requests: number;
  /** What was not tried, and why. */
  readonly stops: readonly string[];
  /** The names of users that may still be there. */
  readonly left: readonly string[];
}

/** @throws VerifyError when nobody answers, or the admin's token is refused */
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
  await take('what everybody may ask', () => askPublic(world));
  const account = await take('signing up and in', () => signUpAndIn(world));
  if (account) {
    world.tokens.set('', account.token);
    world.target = { userId: account.id, sessionId: account.sessionId };
    for (const [name, journey] of journeys) await take(name, () => journey(world, account));
  }
  const { adminToken } = world;
  if (adminToken !== null) await take('administration', () => administer(world, adminToken));
  for (const sample of world.asking.samples) {
    await take(`what ${sample.id} has to refuse`, async () => {
      await refuseStrangers(world, sample);
      await refuseBadInput(world, document, sample);
    });
  }
  await take('methods', () => tryMethods(world));
  await take('deleting an account', () => deleteAccount(world));
}

const journeys: readonly (readonly [string, (world: World, account: SignedIn) => Promise<void>])[] =
  [
    ['sign-ups that are refused', signUpRefusals],
    ['sign-ins that are refused', signInRefusals],
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
      throw new VerifyError(
        `Nothing answers there: ${(error as Error).message || (error as { code?: string }).code}`,
      );
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
      `There is no contract at /openapi.json: the answer is ${answer.status}. Is this the service's URL?`,
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
    throw new VerifyError(`The deployment takes no admin from this token: it answers ${status}.`);
}

function compare(ours: JsonObject, theirs: JsonObject): string | null {
  const [mine, its] = [ours, theirs].map(({ info }) =>
    String((info as { version?: unknown }).version),
  );
  if (mine !== its) return `The deployment obeys version ${its} of the contract; this is ${mine}.`;
  return isDeepStrictEqual(ours, theirs)
    ? null
    : `The deployment's contract bears the version ${mine}, as ours, and is another text.`;
}

// The scenario that every generated client runs against the live service, and the interface `Sdk`
// that its adapter must offer. Adapters use no casts: the compiler must compare the generated types
// with `Sdk`, and a cast would hide what is tested.

import { randomUUID } from 'node:crypto';

/** `success` if a generated client does not report the status of a success. */
export type Status = number | 'success';

export interface Answer<Body> {
  readonly status: Status;
  readonly body?: Body | undefined;
  /** The error code of a problem. */
  readonly code?: string | undefined;
}

export interface Tokens {
  readonly accessToken?: string | undefined;
  readonly refreshToken?: string | undefined;
}

export interface SignedUp {
  readonly message: string;
  readonly user: {
    readonly id: number;
    readonly username: string;
    readonly email: string;
    readonly roles: readonly string[];
  };
}

export interface Sdk {
  signUp(body: { username: string; email: string; password: string }): Promise<Answer<SignedUp>>;
  signIn(body: {
    username: string;
    password: string;
  }): Promise<Answer<Tokens & { readonly expiresIn: number }>>;
  getUserContent(accessToken: string): Promise<Answer<string>>;
  getAdminContent(accessToken: string): Promise<Answer<string>>;
  refreshTokens(body: { refreshToken: string }): Promise<Answer<Tokens>>;
  signOut(accessToken: string): Promise<Answer<unknown>>;
}

/** The URL of the service. */
export const serviceUrl = process.env['SERVICE_URL'] ?? 'http://localhost:8080';

export function bearer(accessToken: string): { Authorization: string } {
  return { Authorization: `Bearer ${accessToken}` };
}

/**
 * Runs the scenario until the first failure, and prints the results of its steps as one line of
 * JSON.
 */
export async function play(sdk: Sdk): Promise<void> {
  const results: string[] = [];
  try {
    for await (const result of steps(sdk)) results.push(result);
  } catch (error) {
    results.push(`FAILS: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
  console.log(JSON.stringify(results));
}

async function* steps(sdk: Sdk): AsyncGenerator<string> {
  const username = `sdk-${randomUUID().slice(0, 13)}`;
  const credentials = { username, password: 'correct horse battery' };

  const signedUp = await sdk.signUp({ ...credentials, email: `${username}@example.com` });
  yield expect(signedUp, 201, signedUp.body?.user.username === username);
  const signedIn = await sdk.signIn(credentials);
  const { accessToken = '', refreshToken = '' } = signedIn.body ?? {};
  yield expect(signedIn, 200, accessToken !== '' && refreshToken !== '');
  const content = await sdk.getUserContent(accessToken);
  yield expect(content, 200, content.body === 'User Content.');
  const refused = await sdk.getAdminContent(accessToken);
  yield expect(refused, 403, refused.code === 'role_required');
  const refreshed = await sdk.refreshTokens({ refreshToken });
  yield expect(refreshed, 200, refreshed.body?.refreshToken !== refreshToken);
  yield expect(await sdk.signOut(refreshed.body?.accessToken ?? ''), 204, true);
}

function expect({ status, body, code }: Answer<unknown>, wanted: number, isRight: boolean): string {
  if (isRight && (status === wanted || (status === 'success' && wanted < 300)))
    return code ? `${status} ${code}` : String(status);
  throw new Error(`expected ${wanted}, received ${JSON.stringify({ status, code, body })}`);
}

/** Reads the error code of an untyped body. */
export function codeOf(body: unknown): string | undefined {
  return typeof body === 'object' && body !== null && 'code' in body
    ? String(body.code)
    : undefined;
}

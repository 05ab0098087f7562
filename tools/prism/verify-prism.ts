// A second opinion on `rolegate verify`: Prism, a tool of other authors, validates the same
// answers. The requests take this way: `rolegate verify` -> our proxy, which records and removes
// Prism's findings -> Prism's validating proxy -> our proxy, which alters one answer -> the
// service.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolegate, startNode, type Running } from '../service/process.ts';
import { startMeddler, type Meddler } from '../service/altering-proxy.ts';
import { installPackages } from '../private-packages.ts';
import { root } from '../root.ts';
import { createOpinion, reasonForDetour } from './opinion.ts';
import { startPrism } from './prism.ts';

const contract = join(root, 'openapi.yaml');
const packages = join(root, 'tools', 'contract-checks');
/** The least number of answers that Prism must judge. With fewer, most requests bypassed Prism. */
const enough = 350;
const probe = '/health/live?altered=yes';
const admin = { username: 'prism-admin', password: 'violin harbour lantern' };

async function run(dataDir: string, closing: (() => Promise<unknown>)[]): Promise<boolean> {
  const use = <Part extends Running | Meddler>(part: Part): Part => {
    closing.unshift(() => ('close' in part ? part.close() : stop(part)));
    return part;
  };
  const environment = { DATA_DIR: dataDir };
  const service = await use(startNode({ ...environment, PORT: '0' })).url();
  const token = await makeAdmin(service, environment);
  const altering = use(
    await startMeddler(service, ({ path }) =>
      path === probe ? { status: 200, text: '{"status":"dead"}' } : undefined,
    ),
  );
  const prism = await startPrism({ packages, contract, upstream: altering.url, use });
  const opinion = createOpinion();
  const toPrism = use(
    await startMeddler((request) => (reasonForDetour(request) ? service : prism), opinion.note),
  );

  await fetch(toPrism.url + probe);
  const seesTheAltered = opinion.take().violations.length > 0;
  const { code, stdout, stderr } = await rolegate(['verify', '--url', toPrism.url], {
    ROLEGATE_ADMIN_TOKEN: token,
  });
  const { violations, judged, detours } = opinion.take();
  if (code !== 0) console.error(stdout, stderr);
  if (!seesTheAltered) console.error('Prism accepted the answer that was altered on purpose.');
  for (const violation of violations) console.error(violation);
  for (const [reason, count] of detours) console.log(`${count} requests bypassed Prism: ${reason}`);
  console.log(
    `Prism judged ${judged} answers; it found ${violations.length} breaches of the contract.`,
  );
  return code === 0 && seesTheAltered && violations.length === 0 && judged >= enough;
}

/** Creates an admin. @returns their access token */
async function makeAdmin(service: string, environment: Record<string, string>): Promise<string> {
  const { username, password } = admin;
  const create = [
    'users',
    'create',
    username,
    `${username}@example.com`,
    '--role',
    'admin',
    '--password-stdin',
  ];
  const { code, stderr } = await rolegate(create, environment, `${password}\n`);
  if (code !== 0) throw new Error(`the admin could not be created: ${stderr}`);
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${service}/api/auth/signin`, {
    method: 'POST',
    headers,
    body: JSON.stringify(admin),
  });
  return ((await answer.json()) as { accessToken: string }).accessToken;
}

async function stop(process: Running): Promise<void> {
  process.kill('SIGTERM');
  await process.ended;
}

/**
 * @returns `false` when Prism or `rolegate verify` finds a breach, when Prism misses the altered
 * answer, or when Prism judged too few answers
 */
export async function verifyWithPrism(): Promise<boolean> {
  installPackages(packages);
  const dataDir = await mkdtemp(join(tmpdir(), 'rolegate-prism-'));
  const closing: (() => Promise<unknown>)[] = [];
  try {
    return await run(dataDir, closing);
  } finally {
    for (const close of closing) await close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

// npm run verify:prism: a second opinion on `rolegate verify`, by a tool of other makers. verify -> a proxy of ours, which notes and takes away what Prism says ->
// Prism's validating proxy -> a proxy of ours, which spoils one answer -> the service. Ends with 1 when Prism finds an answer that breaks the contract, when
// verify does, when Prism does not see the spoilt answer, or when it saw too few answers to have an opinion.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolegate, startNode, type Running } from '../tools/service/process.ts';
import { startMeddler, type Meddler } from '../tools/service/altering-proxy.ts';
import { installPackages } from '../tools/private-packages.ts';
import { root } from '../tools/root.ts';
import { createOpinion, reasonForDetour } from '../tools/prism/opinion.ts';
import { startPrism } from '../tools/prism/prism.ts';

const contract = join(root, 'openapi.yaml');
const packages = join(root, 'tools', 'contract-checks');
/** Answers that verify gets through Prism; far fewer would mean that most of them took the detour. */
const enough = 350;
const probe = '/health/live?spoilt=yes';
const admin = { username: 'prism-admin', password: 'violin harbour lantern' };

async function run(dataDir: string, closing: (() => Promise<unknown>)[]): Promise<boolean> {
  const use = <Part extends Running | Meddler>(part: Part): Part => {
    closing.unshift(() => ('close' in part ? part.close() : stop(part)));
    return part;
  };
  const environment = { DATA_DIR: dataDir };
  const service = await use(startNode({ ...environment, PORT: '0' })).url();
  const token = await makeAdmin(service, environment);
  const spoiler = use(
    await startMeddler(service, ({ path }) =>
      path === probe ? { status: 200, text: '{"status":"dead"}' } : undefined,
    ),
  );
  const prism = await startPrism({ packages, contract, upstream: spoiler.url, use });
  const opinion = createOpinion();
  const toPrism = use(
    await startMeddler((request) => (reasonForDetour(request) ? service : prism), opinion.note),
  );

  await fetch(toPrism.url + probe);
  const seesTheSpoilt = opinion.take().violations.length > 0;
  const { code, stdout, stderr } = await rolegate(['verify', '--url', toPrism.url], {
    ROLEGATE_ADMIN_TOKEN: token,
  });
  const { violations, judged, detours } = opinion.take();
  if (code !== 0) console.error(stdout, stderr);
  if (!seesTheSpoilt) console.error('Prism took an answer for good that was spoilt on purpose.');
  for (const violation of violations) console.error(violation);
  for (const [reason, count] of detours) console.log(`${count} past Prism: ${reason}`);
  console.log(
    `${judged} answers judged by Prism, ${violations.length} of them break the contract.`,
  );
  return code === 0 && seesTheSpoilt && violations.length === 0 && judged >= enough;
}

/** @returns an access token of an admin */
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
  if (code !== 0) throw new Error(`there is no admin: ${stderr}`);
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

async function main(): Promise<void> {
  installPackages(packages);
  const dataDir = await mkdtemp(join(tmpdir(), 'rolegate-prism-'));
  const closing: (() => Promise<unknown>)[] = [];
  try {
    if (!(await run(dataDir, closing))) process.exitCode = 1;
  } finally {
    for (const close of closing) await close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

await main();

// rolegate verify

import { InvalidArgumentError, Option, type Command } from 'commander';
import { examples, jsonOption, type Json } from '../help.ts';
import { UsageError } from '../run.ts';

interface VerifyCallOptions extends Json {
  readonly url: string;
  readonly adminToken?: string;
  readonly junit?: string;
  readonly theirContract?: true;
  readonly emailDomain: string;
  readonly maxRequests: number;
}

export function addVerify(program: Command): void {
  program
    .command('verify')
    .summary('check a deployment against the contract')
    .description(
      'Checks a deployment against the contract, from outside: calls every operation, ' +
        'validates every answer, and prints a table of the answers. ' +
        'It creates users named verify-… and deletes them. It changes no other users.',
    )
    .addOption(new Option('--url <url>', 'the URL of the deployment').makeOptionMandatory())
    .addOption(
      new Option(
        '--admin-token <token>',
        "an admin's access token, to test the operations for admins",
      ).env('ROLEGATE_ADMIN_TOKEN'),
    )
    .addOption(new Option('--junit <file>', 'write the results as JUnit XML'))
    .addOption(
      new Option(
        '--their-contract',
        'check it against the contract that it serves, when that differs from this one',
      ),
    )
    .addOption(
      new Option('--email-domain <domain>', "the domain of the users' e-mail addresses").default(
        'example.invalid',
      ),
    )
    .addOption(
      new Option('--max-requests <n>', 'the maximum number of requests')
        .argParser(readCount)
        .default(2_000),
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'verify --url https://auth.example.com',
        'verify --url http://localhost:8080 --admin-token "$TOKEN" --junit verify.xml',
      ),
    )
    .action(verifyDeployment);
}

async function verifyDeployment({
  url: text,
  adminToken,
  junit,
  theirContract,
  json,
  ...options
}: VerifyCallOptions): Promise<void> {
  const url = readUrl(text);
  const { runVerify } = await import('../verify.ts');
  await runVerify({
    ...options,
    url,
    adminToken: adminToken ?? null,
    theirContract: theirContract ?? false,
    junit,
    json,
  });
}

/** The error messages do not contain the URL, because it may contain a password. */
function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new UsageError('The URL must begin with http:// or https://.');
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new UsageError('The URL must hold no user, no password, no query and no fragment.');
  return url;
}

function readCount(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new InvalidArgumentError('It must be a whole number from 1 to 999999.');
  return Number(text);
}

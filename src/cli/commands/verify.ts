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
    .summary('hold a deployment against the contract')
    .description(
      'Holds a deployment against the contract, from outside: tries what every operation declares, checks every answer, and prints what was seen. ' +
        'It makes users named verify-… and deletes them again, and touches no others.',
    )
    .addOption(new Option('--url <url>', 'where the deployment answers').makeOptionMandatory())
    .addOption(
      new Option(
        '--admin-token <token>',
        "an admin's access token, to try what only admins may",
      ).env('ROLEGATE_ADMIN_TOKEN'),
    )
    .addOption(new Option('--junit <file>', 'write the run as JUnit XML'))
    .addOption(
      new Option(
        '--their-contract',
        'hold it against the contract that it serves itself, should it be another one',
      ),
    )
    .addOption(
      new Option('--email-domain <domain>', "where the users' addresses are").default(
        'example.invalid',
      ),
    )
    .addOption(
      new Option('--max-requests <n>', 'how many requests are sent at most')
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
    .action(
      async ({
        url: text,
        adminToken,
        junit,
        theirContract,
        json,
        ...options
      }: VerifyCallOptions) => {
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
      },
    );
}

/** Tells what is wrong without the URL, which may hold a password. */
function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new UsageError('The URL must begin with http:// or https://.');
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new UsageError('The URL must hold no user, no query and no fragment.');
  return url;
}

function readCount(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new InvalidArgumentError('It must be a whole number from 1 to 999999.');
  return Number(text);
}

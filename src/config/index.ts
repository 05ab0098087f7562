// Reads the configuration from environment variables; no other file reads the environment. Reports
// all mistakes at once, with the name of each variable. Never repeats a value, because it may be a
// secret. The result is frozen.

import type { Config } from './config.ts';
import { variables, type Settings, type Variable } from './variables.ts';

export type { AppConfig, Config, LogLevel } from './config.ts';
export type Environment = Readonly<Record<string, string | undefined>>;

export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly mistakes: readonly string[];
  constructor(mistakes: readonly string[]) {
    const list = mistakes.map((mistake) => `\n  - ${mistake}`);
    super(`The configuration cannot be used:${list.join('')}`);
    this.mistakes = mistakes;
  }
}

export interface ConfigNeeds {
  /** Whether tokens will be signed; the commands for migrations and roles sign none. */
  readonly signing?: boolean;
}

/** @throws ConfigError that lists every mistake */
export function loadConfig(environment: Environment, { signing = true }: ConfigNeeds = {}): Config {
  const { settings, mistakes } = readSettings(environment, signing);
  const { appUrl, corsOrigins } = settings;
  const config: Config = { ...settings, appUrl: appUrl ?? corsOrigins[0] ?? '' };
  if (signing)
    mistakes.push(...contradictions(config, (name) => Boolean(environment[name]?.trim())));
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return Object.freeze(config);
}

function readSettings(environment: Environment, signing: boolean) {
  const mistakes: string[] = [];
  function read({ name, default: unset, read: parse, signingOnly }: Variable<unknown>): unknown {
    // An empty variable counts as not set, like the empty lines of a .env file.
    const text = environment[name]?.trim();
    const fallback = () => (unset === null ? null : parse(unset));
    if (!text || (signingOnly && !signing)) return fallback();
    try {
      return parse(text);
    } catch (error) {
      mistakes.push(`${name} ${(error as Error).message}`);
      return fallback();
    }
  }
  const settings = Object.fromEntries(
    Object.entries(variables).map(([key, variable]) => [key, read(variable)]),
  ) as unknown as Settings;
  return { settings, mistakes };
}

/** Mistakes in the combination of several variables. */
function* contradictions(config: Config, isSet: (name: string) => boolean): Generator<string> {
  if (isSet('DATABASE_URL') && !isSet('JWT_SECRET') && !isSet('JWT_PRIVATE_KEY_FILE')) {
    yield (
      'JWT_SECRET must be set when DATABASE_URL is (make one with: openssl rand -base64 48), ' +
      'or JWT_PRIVATE_KEY_FILE (npx rolegate keys new)'
    );
  }
  if (config.jwtSignWith === 'secret' && isSet('DATABASE_URL') && !isSet('JWT_SECRET'))
    yield 'JWT_SIGN_WITH must not be secret when JWT_SECRET is not set';
  if (config.jwtSignWith === 'private-key' && !isSet('JWT_PRIVATE_KEY_FILE'))
    yield 'JWT_SIGN_WITH must not be private-key when JWT_PRIVATE_KEY_FILE is not set';
  if (isSet('SMTP_URL') && !isSet('MAIL_FROM')) yield 'MAIL_FROM must be set when SMTP_URL is';
  if (config.requireVerifiedEmail && config.production && !isSet('SMTP_URL')) {
    yield (
      'REQUIRE_VERIFIED_EMAIL must be off in production when SMTP_URL is not set: ' +
      'no user could verify an address'
    );
  }
}

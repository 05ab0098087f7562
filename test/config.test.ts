import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { ConfigError, loadConfig, type Environment } from '../src/config.ts';

const mistakesOf = (environment: Environment): readonly string[] => {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
};

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(loadConfig({})).to.deep.equal({
      port: 8080,
      host: '0.0.0.0',
      databaseUrl: null,
      databasePoolMax: 10,
      dataDir: '.data',
      jwtSecrets: null,
      jwtPrivateKeys: [],
      accessTokenTtl: 3600,
      sessionTtl: 30 * 86_400,
      sessionIdleTtl: 7 * 86_400,
      refreshGrace: 30,
      bcryptCost: 10,
      corsOrigins: ['http://localhost:8081'],
      trustProxy: false,
      logLevel: 'info',
      production: false,
    });
    expect(loadConfig({})).to.be.frozen;
  });

  it('takes an empty variable for one that is not set', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: ' ', JWT_SECRET: '' })).to.deep.equal(loadConfig({}));
  });

  it('reads what is set', () => {
    const secret = 's'.repeat(32);
    const config = loadConfig({
      PORT: '0',
      HOST: '127.0.0.1',
      DATABASE_URL: 'postgresql://me@db/x',
      DATABASE_POOL_MAX: '3',
      JWT_SECRET: `${secret}, ${secret}2`,
      ACCESS_TOKEN_TTL: '15m',
      BCRYPT_COST: '12',
      CORS_ORIGINS: 'https://a.example,http://b.example:81',
      TRUST_PROXY: 'loopback, 10.0.0.0/8',
      LOG_LEVEL: 'debug',
      NODE_ENV: 'production',
    });
    expect(config).to.deep.include({
      port: 0,
      jwtSecrets: [secret, `${secret}2`],
      accessTokenTtl: 900,
      corsOrigins: ['https://a.example', 'http://b.example:81'],
      trustProxy: 'loopback, 10.0.0.0/8',
      production: true,
    });
    for (const [text, value] of [
      ['on', true],
      ['off', false],
      ['2', 2],
    ] as const) {
      expect(loadConfig({ TRUST_PROXY: text }).trustProxy).to.equal(value);
    }
  });

  it('tells all mistakes at once, by name, and never the value', () => {
    const bad = {
      PORT: '65536',
      DATABASE_URL: 'mysql://root:hunter2@db',
      DATABASE_POOL_MAX: '0',
      JWT_SECRET: 'hunter2',
      JWT_PRIVATE_KEY_FILE: '-----BEGIN hunter2',
      ACCESS_TOKEN_TTL: '1 fortnight',
      BCRYPT_COST: '4',
      CORS_ORIGINS: 'https://a.example/path',
      TRUST_PROXY: 'somebody',
      LOG_LEVEL: 'loud',
    };
    const mistakes = mistakesOf(bad);
    for (const name of Object.keys(bad))
      expect(
        mistakes.filter((mistake) => mistake.startsWith(`${name} `)),
        name,
      ).to.have.lengthOf(1);
    expect(mistakes.join()).not.to.contain('hunter2');
  });

  it('refuses to sign with nothing, or with little, beside a database of your own', () => {
    const url = { DATABASE_URL: 'postgres://db/x' };
    expect(mistakesOf(url).join()).to.contain('JWT_SECRET must be set');
    expect(mistakesOf({ ...url, JWT_SECRET: 'x'.repeat(31) }).join()).to.contain('at least 32 bytes');
    expect(mistakesOf({ ...url, JWT_SECRET: `${'x'.repeat(32)},short` }).join()).to.contain('at least 32 bytes');
    expect(mistakesOf({ ...url, JWT_SECRET: 'x'.repeat(32) })).to.deep.equal([]);
    expect(loadConfig(url, { signing: false }).jwtSecrets).to.equal(null);
  });

  it('is what .env.example and the README list', () => {
    const names = [
      'PORT',
      'HOST',
      'DATABASE_URL',
      'DATABASE_POOL_MAX',
      'DATA_DIR',
      'JWT_SECRET',
      'JWT_PRIVATE_KEY_FILE',
      'ACCESS_TOKEN_TTL',
      'SESSION_TTL',
      'SESSION_IDLE_TTL',
      'REFRESH_GRACE',
      'BCRYPT_COST',
      'CORS_ORIGINS',
      'TRUST_PROXY',
      'LOG_LEVEL',
      'NODE_ENV',
    ];
    const example = readFileSync('.env.example', 'utf8')
      .match(/^#? ?([A-Z_]+)=/gm)
      ?.map((line) => line.replace(/[^A-Z_]/g, ''));
    expect(example).to.have.members(names);
    const readme = readFileSync('README.md', 'utf8')
      .match(/^\| `[A-Z_]+`/gm)
      ?.map((cell) => cell.replace(/[^A-Z_]/g, ''));
    expect(readme).to.have.members(names);
  });
});

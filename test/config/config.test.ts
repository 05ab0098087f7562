import { expect } from 'chai';
import { ConfigError, loadConfig, type Environment } from '../../src/config/index.ts';

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
  it('has a default for every variable, and is frozen', () => {
    expect(loadConfig({})).to.deep.equal({
      port: 8080,
      host: '0.0.0.0',
      workers: 1,
      databaseUrl: null,
      databasePoolMax: 10,
      preparedStatements: true,
      callerCache: true,
      dataDir: '.data',
      jwtSecrets: null,
      jwtPrivateKeys: [],
      jwtSignWith: null,
      accessTokenTtl: 3600,
      sessionTtl: 30 * 86_400,
      sessionIdleTtl: 7 * 86_400,
      refreshGrace: 30,
      bcryptCost: 10,
      passwordHasher: 'auto',
      corsOrigins: ['http://localhost:8081'],
      smtpUrl: null,
      mailFrom: 'Rolegate <no-reply@localhost>',
      appUrl: 'http://localhost:8081',
      passwordResetTtl: 3600,
      emailVerificationTtl: 86_400,
      auditTtl: 365 * 86_400,
      requireVerifiedEmail: false,
      trustProxy: false,
      logLevel: 'info',
      production: false,
    });
    expect(loadConfig({})).to.be.frozen;
  });

  it('treats an empty variable as not set', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: ' ', JWT_SECRET: '' })).to.deep.equal(
      loadConfig({}),
    );
  });

  it('reads every kind of value', () => {
    const secret = 's'.repeat(32);
    const config = loadConfig({
      PORT: '0',
      HOST: '127.0.0.1',
      DATABASE_URL: 'postgresql://me@db/x',
      DATABASE_POOL_MAX: '3',
      PREPARED_STATEMENTS: 'off',
      CALLER_CACHE: 'off',
      JWT_SECRET: `${secret}, ${secret}2`,
      ACCESS_TOKEN_TTL: '15m',
      BCRYPT_COST: '12',
      PASSWORD_HASHER: 'bcryptjs',
      CORS_ORIGINS: 'https://a.example,http://b.example:81',
      SMTP_URL: 'smtps://me:secret@mail.example:465',
      MAIL_FROM: 'The Team <team@example.com>',
      PASSWORD_RESET_TTL: '30m',
      EMAIL_VERIFICATION_TTL: '2d',
      REQUIRE_VERIFIED_EMAIL: 'on',
      TRUST_PROXY: 'loopback, 10.0.0.0/8',
      LOG_LEVEL: 'debug',
      NODE_ENV: 'production',
    });
    expect(config).to.deep.include({
      port: 0,
      callerCache: false,
      jwtSecrets: [secret, `${secret}2`],
      accessTokenTtl: 900,
      passwordHasher: 'bcryptjs',
      corsOrigins: ['https://a.example', 'http://b.example:81'],
      smtpUrl: 'smtps://me:secret@mail.example:465',
      mailFrom: 'The Team <team@example.com>',
      appUrl: 'https://a.example',
      passwordResetTtl: 1800,
      emailVerificationTtl: 2 * 86_400,
      requireVerifiedEmail: true,
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

  it('reports all mistakes at once, by name and never with the value', () => {
    const bad = {
      PORT: '65536',
      WORKERS: '0',
      DATABASE_URL: 'mysql://root:hunter2@db',
      DATABASE_POOL_MAX: '0',
      PREPARED_STATEMENTS: 'no',
      JWT_SECRET: 'hunter2',
      JWT_PRIVATE_KEY_FILE: '-----BEGIN hunter2',
      JWT_SIGN_WITH: 'hope',
      ACCESS_TOKEN_TTL: '1 fortnight',
      BCRYPT_COST: '4',
      PASSWORD_HASHER: 'argon2',
      CORS_ORIGINS: 'https://a.example/path',
      SMTP_URL: 'smtp://me:hunter2@mail.example?logger=true',
      MAIL_FROM: 'Rolegate <a@example.com>, hunter2@example.com',
      APP_URL: 'https://app.example/#hunter2',
      PASSWORD_RESET_TTL: '8d',
      EMAIL_VERIFICATION_TTL: '59s',
      REQUIRE_VERIFIED_EMAIL: 'true',
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

  it('needs a signing key of at least 32 bytes with a database of your own', () => {
    const url = { DATABASE_URL: 'postgres://db/x' };
    expect(mistakesOf(url).join()).to.contain('JWT_SECRET must be set');
    expect(mistakesOf({ ...url, JWT_SECRET: 'x'.repeat(31) }).join()).to.contain(
      'at least 32 bytes',
    );
    expect(mistakesOf({ ...url, JWT_SECRET: `${'x'.repeat(32)},short` }).join()).to.contain(
      'at least 32 bytes',
    );
    expect(mistakesOf({ ...url, JWT_SECRET: 'x'.repeat(32) })).to.deep.equal([]);
    expect(
      mistakesOf({ ...url, JWT_SECRET: 'x'.repeat(32), JWT_SIGN_WITH: 'private-key' }).join(),
    ).to.contain('JWT_SIGN_WITH must not');
    expect(mistakesOf({ JWT_SIGN_WITH: 'secret' })).to.deep.equal([]);
    expect(loadConfig(url, { signing: false }).jwtSecrets).to.equal(null);
  });

  it('accepts an APP_URL with a path, and removes a slash at its end', () => {
    for (const text of ['https://app.example/go', 'https://app.example/go/']) {
      expect(loadConfig({ APP_URL: text }).appUrl).to.equal('https://app.example/go');
    }
  });

  const wrong: [string, string[]][] = [
    [
      'SMTP_URL',
      [
        'mail.example',
        'http://mail.example',
        'smtp://',
        'smtp://mail.example/path',
        'smtp://mail.example#x',
      ],
    ],
    [
      'MAIL_FROM',
      [
        'Rolegate',
        'a@b@c',
        '<a@example.com',
        'A, B <a@example.com>',
        'A\r\nBcc: b@example.com <a@example.com>',
      ],
    ],
    [
      'APP_URL',
      [
        'app.example',
        'javascript:alert(1)',
        'https://app.example/?a=b',
        'https://me:secret@app.example',
      ],
    ],
    ['REQUIRE_VERIFIED_EMAIL', ['On', 'yes', '1']],
  ];
  for (const [name, texts] of wrong) {
    it(`refuses a malformed ${name}`, () => {
      const others = { SMTP_URL: 'smtp://mail.example', MAIL_FROM: 'a@example.com' };
      for (const text of texts) {
        const mistakes = mistakesOf({ ...others, [name]: text });
        expect(mistakes, text).to.have.lengthOf(1);
        expect(mistakes[0]).to.match(new RegExp(`^${name} must `));
      }
    });
  }

  it('needs a sender with a mail server, and a mail server to verify addresses', () => {
    expect(mistakesOf({ SMTP_URL: 'smtp://mail.example' })).to.deep.equal([
      'MAIL_FROM must be set when SMTP_URL is',
    ]);
    const production = { NODE_ENV: 'production', REQUIRE_VERIFIED_EMAIL: 'on' };
    expect(mistakesOf(production).join()).to.contain('REQUIRE_VERIFIED_EMAIL must be off');
    expect(
      mistakesOf({ ...production, SMTP_URL: 'smtp://mail.example', MAIL_FROM: 'a@example.com' }),
    ).to.deep.equal([]);
    expect(mistakesOf({ REQUIRE_VERIFIED_EMAIL: 'on' })).to.deep.equal([]);
  });
});

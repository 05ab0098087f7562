import { readFileSync } from 'node:fs';
import { expect } from 'chai';

describe('the names of the configuration', () => {
  it('are what .env.example and the README list', () => {
    const names = [
      'PORT',
      'HOST',
      'WORKERS',
      'DATABASE_URL',
      'DATABASE_POOL_MAX',
      'PREPARED_STATEMENTS',
      'CALLER_CACHE',
      'DATA_DIR',
      'JWT_SECRET',
      'JWT_PRIVATE_KEY_FILE',
      'JWT_SIGN_WITH',
      'ACCESS_TOKEN_TTL',
      'SESSION_TTL',
      'SESSION_IDLE_TTL',
      'REFRESH_GRACE',
      'BCRYPT_COST',
      'PASSWORD_HASHER',
      'CORS_ORIGINS',
      'SMTP_URL',
      'MAIL_FROM',
      'APP_URL',
      'PASSWORD_RESET_TTL',
      'EMAIL_VERIFICATION_TTL',
      'AUDIT_TTL',
      'REQUIRE_VERIFIED_EMAIL',
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

import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { groups, variables } from '../../src/config/variables.ts';

const names = Object.values(variables).map(({ name }) => name);

describe('the table of environment variables', () => {
  it('has each variable in exactly one group of the documents', () => {
    expect(Object.values(groups).flat()).to.have.members(Object.keys(variables));
  });

  it('is what .env.example lists, each line commented out', () => {
    const listed = readFileSync('.env.example', 'utf8').match(/^# [A-Z_]+(?==)/gm);
    expect(listed?.map((line) => line.slice(2))).to.have.members(names);
  });

  it('is what docs/reference/configuration.md lists', () => {
    const listed = readFileSync('docs/reference/configuration.md', 'utf8').match(/^\| `[A-Z_]+`/gm);
    expect(listed?.map((cell) => cell.replace(/[^A-Z_]/g, ''))).to.have.members(names);
  });

  it('has defaults that its own readers accept', () => {
    for (const { default: value, read } of Object.values(variables)) {
      if (value !== null) expect(() => read(value)).not.to.throw();
    }
  });
});

// docs/decisions/README.md: the index of all records, from the headings of their pages.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.ts';
import { page, section } from './markdown.ts';

const folder = join(root, 'docs', 'decisions');

export function decisionsPage(): string {
  const names = readdirSync(folder).filter((name) => /^[a-z-]+\.md$/.test(name));
  return page(
    'Decisions',
    'For contributors who wonder why something is built the way it is. The title of a record is ' +
      'the decision; below it are its context, its consequence and what was measured.',
    ...names.sort().map((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      const title = /^# Decisions: (.+)$/m.exec(text)?.[1] ?? name;
      const records = [...text.matchAll(/^## (.+)$/gm)].map(([, record = '']) => record);
      const links = records.map((record) => `- [${record}](${name}#${anchorOf(record)})`);
      return section(capitalised(title), links.join('\n'));
    }),
  );
}

/** The anchor that GitHub gives a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

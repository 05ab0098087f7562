// docs/reference/command-line.md, from the help texts of the command.

import type { Command } from 'commander';
import { createProgram } from '../../src/cli/program.ts';
import { page, section } from './markdown.ts';

export function commandLinePage(): string {
  return page(
    'Command line',
    'For operators and for scripts. The command is `rolegate` where the package is installed, ' +
      'and `npx rolegate` in a clone. These are its help texts; `--help` prints them.',
    ...everyCommand(createProgram()).map(([name, command]) => section(name, help(command))),
  );
}

/** The command and all below it, with the words that call each. */
function everyCommand(command: Command, above = ''): [name: string, command: Command][] {
  const name = `${above} ${command.name()}`.trim();
  return [[name, command], ...command.commands.flatMap((below) => everyCommand(below, name))];
}

function help(command: Command): string {
  let text = '';
  const write = (part: string) => (text += part);
  command.configureOutput({ writeOut: write, getOutHelpWidth: () => 100 });
  command.outputHelp();
  return `\`\`\`text\n${text.trim()}\n\`\`\``;
}

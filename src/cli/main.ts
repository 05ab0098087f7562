#!/usr/bin/env node
// The command `rolegate`, as a process: runs what the command line names, and ends with its exit code.

import { createProgram } from './program.ts';
import { run } from './run.ts';

process.exit(await run(() => createProgram().parseAsync()));

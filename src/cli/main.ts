#!/usr/bin/env node
// The process of the command `rolegate`: runs the command and exits with its exit code.

import { createProgram } from './program.ts';
import { run } from './run.ts';

process.exit(await run(() => createProgram().parseAsync()));

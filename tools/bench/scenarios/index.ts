// The scenarios, by the names that `--only` takes, in the order in which they are measured: those with many requests a second come first, so that
// what the others share with them is compiled.

import type { Plan } from '../runner/world.ts';
import { content } from './content.ts';
import { paths } from './paths.ts';
import { refresh } from './refresh.ts';
import { signIn, signUp } from './sign-in.ts';
import { storm } from './storm.ts';

export const plans = { content, refresh, signUp, signIn, storm, paths } as const satisfies Readonly<
  Record<string, Plan>
>;
export type PlanName = keyof typeof plans;
export const planNames = Object.keys(plans) as PlanName[];

// The scenarios by their names in `--only`, in the order of measurement. Scenarios with many
// requests a second come first, so that the code they share with the others is compiled.

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

// The scenarios, by the names that `--only` takes, in the order in which they are measured.

import type { Plan } from '../world.ts';
import { content } from './content.ts';
import { paths } from './paths.ts';
import { refresh } from './refresh.ts';
import { signIn, signUp } from './sign-in.ts';
import { storm } from './storm.ts';

export const plans = { content, signIn, signUp, refresh, storm, paths } as const satisfies Readonly<Record<string, Plan>>;
export type PlanName = keyof typeof plans;
export const planNames = Object.keys(plans) as PlanName[];

// What delivers a message: smtp.ts or folder.ts.

import type { SendMailOptions } from 'nodemailer';

/** Brings a message on its way, unless it is told to stop before. */
export type Deliver = (
  message: SendMailOptions & { readonly text: string },
  purpose: string,
  stop: AbortSignal,
) => Promise<void>;

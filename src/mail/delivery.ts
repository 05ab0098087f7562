// The interface of the two ways to deliver a message: smtp.ts and folder.ts.

import type { SendMailOptions } from 'nodemailer';

/** Delivers a message, unless `stop` is aborted before. */
export type Deliver = (
  message: SendMailOptions & { readonly text: string },
  purpose: string,
  stop: AbortSignal,
) => Promise<void>;

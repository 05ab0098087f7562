// The texts of the mails. They are plain text: nothing loads a picture or hides where a link leads.
// The token is in the link's fragment, which browsers send to no server and in no Referer.

import type { Letter } from '../domain/mailing/mail-claims.ts';

export interface Text {
  readonly subject: string;
  readonly text: string;
}

const forms = {
  password_reset: {
    page: 'reset-password',
    subject: 'Set a new password',
    intro: ['Someone asked for a new password for your account. If it was you,', 'set it here:'],
    outro: ['If it was not you, ignore this mail. Your password stays the same.'],
  },
  email_verification: {
    page: 'verify-email',
    subject: 'Verify your e-mail address',
    intro: [
      'An account was registered with this e-mail address. If it was you,',
      'verify the address here:',
    ],
    outro: ['If it was not you, ignore this mail.'],
  },
} as const;

/** `appUrl`: the front end's address, without a slash at its end. */
export function write({ purpose, username, token, lifetime }: Letter, appUrl: string): Text {
  const { page, subject, intro, outro } = forms[purpose];
  const lines = [`Hello ${username},`, '', ...intro, '', `${appUrl}/${page}#token=${token}`, ''];
  return {
    subject,
    text: [
      ...lines,
      `The link works once. It is valid for ${inWords(lifetime)}.`,
      ...outro,
      '',
    ].join('\n'),
  };
}

/** `1 hour`, `90 minutes`: the duration in the largest unit without a remainder. */
function inWords(seconds: number): string {
  const units = [
    [86_400, 'day'],
    [3_600, 'hour'],
    [60, 'minute'],
    [1, 'second'],
  ] as const;
  const [size, name] = units.find(([unit]) => seconds % unit === 0) ?? [1, 'second'];
  return `${seconds / size} ${name}${seconds === size ? '' : 's'}`;
}

// Shared by the clients that use axios: they throw an error for a refusal, with an untyped body.

import { isAxiosError } from 'axios';
import { codeOf, type Answer, type Status } from './scenario.ts';

export async function answerOf<Body>(
  reply: Promise<{ status: Status; data: Body }>,
): Promise<Answer<Body>> {
  try {
    const { status, data } = await reply;
    return { status, body: data };
  } catch (error) {
    if (!isAxiosError<unknown>(error) || !error.response) throw error;
    return { status: error.response.status, code: codeOf(error.response.data) };
  }
}

import type { Handlers } from '../contract/operations.ts';
import type { Caller } from '../domain/caller.ts';
import type { SignIn } from '../domain/sessions.ts';
import type { SignUp } from '../domain/users.ts';

interface Parts {
  readonly signUp: SignUp;
  readonly signIn: SignIn;
}

export function createAuthHandlers({ signUp, signIn }: Parts): Pick<Handlers<Caller>, 'signUp' | 'signIn'> {
  return {
    async signUp({ body: { username, email, password, roles = [] } }) {
      const user = await signUp({ username, email, password, roles });
      return {
        status: 201,
        body: {
          message: 'User registered successfully!',
          user: { id: user.id, username: user.username, email: user.email, roles: user.roles },
        },
      };
    },
    async signIn({ body: { username, password } }) {
      const { user, accessToken, expiresIn } = await signIn({ username, password });
      return {
        status: 200,
        body: {
          id: user.id,
          username: user.username,
          email: user.email,
          roles: user.roles,
          accessToken,
          tokenType: 'Bearer',
          expiresIn,
        },
      };
    },
  };
}

// Generated from openapi.yaml by `npm run generate`. Do not edit.
/* eslint-disable -- openapi-typescript has a style of its own */

export interface paths {
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Welcome message
         * @description Shows that the service runs. Redirects clients that prefer HTML to JSON, such as browsers,
         *     to the docs page.
         */
        get: operations["getWelcome"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is the process alive?
         * @description Answers while the process runs its event loop. Does not use the database.
         */
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Should this node get requests?
         * @description Answers 200 while the database accepts changes and the node is not shutting down.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This document, as JSON
         * @description The contract that this node implements.
         */
        get: operations["getContractJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi-3.0.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This document in OpenAPI 3.0, as JSON
         * @description The contract in OpenAPI 3.0.3, for tools that cannot read 3.1. `x-roles` of an operation
         *     lists alternatives. Each lists roles that are all needed.
         */
        get: operations["getContractJson30"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.yaml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This document, as YAML
         * @description The contract, exactly as its authors wrote it.
         */
        get: operations["getContractYaml"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The public keys of access tokens
         * @description A JSON Web Key Set (RFC 7517). Other services use it to verify access tokens themselves.
         *     Each token names its key (`kid`, RFC 7638). The set is empty while the service signs with a
         *     shared secret. A new key is published before it signs. An old key stays until its last token
         *     has expired.
         *
         *     A service that verifies tokens itself does not notice an ended session or a removed role
         *     until the token expires. In these tokens, `sub` is the user's id as a string, and `iss` is
         *     `rolegate`. `username` and `roles` (authorities) are those at the time of issue.
         */
        get: operations["getJsonWebKeySet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/signup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register
         * @description Creates a user with the role `user`, and sends a mail with a link that verifies the e-mail
         *     address. Usernames and e-mail addresses are unique without regard to case. Other roles are
         *     refused, because only admins grant them.
         */
        post: operations["signUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/signin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description Exchanges a username and a password for tokens, and starts a session. An unknown user and a
         *     wrong password get the same answer after the same time. The username is compared without
         *     regard to case.
         *
         *     With `transport: cookie`, for browsers, the tokens are sent in `HttpOnly` cookies and not in
         *     a body. The request must then come from the service's own origin or a configured one. The
         *     session whose cookie is replaced ends.
         */
        post: operations["signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Trade a refresh token for new tokens
         * @description Each refresh token can be used once and returns the next one. Within 30 seconds, the last
         *     used token may be sent again and returns the *same* next one (two tabs, a lost response).
         *     Later it returns *another* one, if the next one was not used; that one is then refused. An
         *     older token has been stolen or copied, so the session ends.
         *
         *     The token is sent in the body, or in the cookie that `signIn` set. The new tokens come back
         *     the same way. A request with only the cookie must come from the service's own origin or a
         *     configured one.
         */
        post: operations["refreshTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/signout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out
         * @description Ends a session. Its access token and its refresh token are refused from the next request on.
         *     The session is that of the refresh token in the body, or else of the access token, or else
         *     of the refresh token in the cookie. So an expired access token is no obstacle. A refresh
         *     token whose session has ended, or that is unknown, is not an error (RFC 7009, section 2.2).
         *     The cookies are cleared, also by a 401, unless another site sent the request.
         */
        post: operations["signOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/password-reset/request": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a link that sets a new password
         * @description Sends a mail with a link to the address, if a user has it. Every address gets the same
         *     answer in the same time. An address gets at most one such mail a minute and ten a day. If
         *     the service sends no mail, the answer is always 503; `message` says so.
         */
        post: operations["requestPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/password-reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a new password with the token of a link
         * @description Sets the password and ends all sessions of the user. Also marks the e-mail address as
         *     verified, because the token was sent there. The token can be used once, and invalidates the
         *     user's other password-reset links.
         */
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/email-verification/request": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a link that verifies an e-mail address
         * @description Sends a mail with a link to the address, if a user has it and has not verified it yet. Every
         *     address gets the same answer in the same time. An address gets at most one such mail a
         *     minute and ten a day. `signUp` sends the first one. If the service sends no mail, the answer
         *     is always 503; `message` says so.
         */
        post: operations["requestEmailVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/email-verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify an e-mail address with the token of a link
         * @description The token can be used once, and only while the user has the address that it was sent to.
         */
        post: operations["verifyEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The account
         * @description The user that the token belongs to, as currently stored.
         */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        /**
         * Delete the account
         * @description Deletes the user and all sessions permanently. The username and e-mail address become free
         *     again. The password is required again, because a stranger may hold the token. The last
         *     enabled admin cannot be deleted.
         */
        delete: operations["deleteAccount"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change the password
         * @description Requires the current password. All sessions of the user end, and earlier password-reset
         *     links become invalid. A new session begins, with the tokens of the answer. If the access
         *     token came in a cookie, the new tokens are sent in cookies. If several changes arrive at the
         *     same time, one succeeds.
         */
        put: operations["changePassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The sessions of the account
         * @description The usable sessions, most recently used first. At most 100 are listed, always including the
         *     current one.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /**
         * End all other sessions
         * @description Ends all sessions except that of the token that is sent.
         */
        delete: operations["endOtherSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a session
         * @description The session's tokens are refused from the next request on. Ending the current session is the
         *     same as signing out.
         */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List audit events
         * @description Newest events first. Each event and the action that it records are written in one
         *     transaction. Events are kept for the configured time.
         *
         *     `nextCursor` leads to the next page. It is null on the last page.
         */
        get: operations["listAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List users, page by page
         * @description A page holds at most `limit` users. It often holds fewer, or none, because the work for a
         *     page is bounded and not every user read matches the filters. Continue with `cursor` until
         *     `nextCursor` is null. Only then is the list complete.
         *
         *     A user must match all filters. Users are sorted by id. With `search`, they are sorted by the
         *     matching name or address, unless `disabled=true` or a role other than `user` is also given.
         *     A user that exists and matches the whole time is listed exactly once, even if others are
         *     created or deleted meanwhile.
         */
        get: operations["listUsers"];
        put?: never;
        /**
         * Create a user
         * @description Works like `signUp`, including the verification mail, but accepts any roles. The role `user`
         *     is always included.
         */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A user
         * @description The user and their roles, as currently stored.
         */
        get: operations["getUser"];
        put?: never;
        post?: never;
        /**
         * Delete a user
         * @description Deletes the user and all sessions permanently. The username and e-mail address become free
         *     again. The last enabled admin cannot be deleted.
         */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        /**
         * Disable or enable a user
         * @description A disabled user cannot sign in, and all their sessions end. A user who is enabled again must
         *     sign in again. The change takes effect with the next request. The last enabled admin cannot
         *     be disabled.
         */
        patch: operations["updateUser"];
        trace?: never;
    };
    "/api/users/{userId}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set a user's roles
         * @description Replaces the user's roles, from the next request on. The role `user` is removed, too, if the
         *     list omits it. A user with no role can still call operations that need no role. `admin`
         *     cannot be removed from the last enabled admin.
         */
        put: operations["setUserRoles"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{userId}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The sessions of a user
         * @description The usable sessions, most recently used first. At most 100 are listed.
         */
        get: operations["listUserSessions"];
        put?: never;
        post?: never;
        /**
         * End the sessions of a user
         * @description Signs the user out everywhere. Admins who name themselves also end their current session.
         */
        delete: operations["endUserSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The roles
         * @description The roles that a user can have. Requests use the name, responses use the authority.
         */
        get: operations["listRoles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/test/all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Content for everyone
         * @description Needs no token.
         */
        get: operations["getPublicContent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/test/user": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Content for signed-in users
         * @description Needs a token, but no role.
         */
        get: operations["getUserContent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/test/mod": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Content for moderators
         * @description Needs a token of a user with the role `moderator`.
         */
        get: operations["getModeratorContent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/test/admin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Content for admins
         * @description Needs a token of a user with the role `admin`.
         */
        get: operations["getAdminContent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Interactive documentation
         * @description Swagger UI. It sends the token of `signIn` automatically. A reload forgets it.
         */
        get: operations["getDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/redoc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reference documentation
         * @description Redoc.
         */
        get: operations["getRedoc"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/swagger-ui.js": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The script of the interactive documentation
         * @description The code of Swagger UI.
         */
        get: operations["getDocsScript"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/redoc.js": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The script of the reference documentation
         * @description The code of Redoc.
         */
        get: operations["getRedocScript"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/pages.css": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The style sheet of the documentation
         * @description The appearance of `/docs` and `/redoc`.
         */
        get: operations["getDocsStyle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description 3 to 32 ASCII letters, digits, `_`, `.` and `-`. Unique without regard to case.
         * @example alice
         */
        Username: string;
        /**
         * @description An e-mail address up to 254 characters (RFC 5321, section 4.5.3.1.3). Its local part is a
         *     dot-string (section 4.1.2). The pattern is the whole rule: `format: email` means different things to
         *     different tools. Unique without regard to case.
         * @example alice@example.com
         */
        Email: string;
        /**
         * Format: password
         * @description 8 characters to 72 **bytes** of UTF-8, the limit of bcrypt. A longer password is refused,
         *     never truncated. Any character except NUL and lone surrogates is allowed. A commonly used or
         *     easily guessed password is refused as `weak_password`. So is one that contains the username
         *     or the part of the e-mail address before the @ (from 3 characters on).
         * @example correct horse battery
         */
        Password: string;
        /**
         * Format: password
         * @description The user's current password. Up to 72 bytes of UTF-8.
         * @example correct horse battery
         */
        CurrentPassword: string;
        /**
         * @description The name of a role in requests and in security requirements.
         * @enum {string}
         */
        Role: "user" | "moderator" | "admin";
        /**
         * @description The name of a role in responses.
         * @enum {string}
         */
        Authority: "ROLE_USER" | "ROLE_MODERATOR" | "ROLE_ADMIN";
        /** @description The user's roles, in the order user, moderator, admin. */
        Authorities: ("ROLE_USER" | "ROLE_MODERATOR" | "ROLE_ADMIN")[];
        /**
         * Format: int64
         * @description The user's id. It is never reused.
         * @example 1
         */
        UserId: number;
        /**
         * Format: date-time
         * @description A time in UTC (RFC 3339), with milliseconds.
         * @example 2026-11-24T09:30:00.000Z
         */
        Timestamp: string;
        /**
         * Format: date-time
         * @description A time (RFC 3339) with any offset and any fraction of a second.
         * @example 2026-11-24T10:30:00+01:00
         */
        Moment: string;
        RequestId: string;
        SignUpRequest: {
            username: components["schemas"]["Username"];
            email: components["schemas"]["Email"];
            password: components["schemas"]["Password"];
            /** @description Initial roles. Only `user` may be requested, and it is always given. */
            roles?: ("user" | "moderator" | "admin")[];
        };
        SignUpReply: {
            /** @constant */
            message: "User registered successfully!";
            user: components["schemas"]["User"];
        };
        User: {
            id: components["schemas"]["UserId"];
            username: components["schemas"]["Username"];
            email: components["schemas"]["Email"];
            roles: components["schemas"]["Authorities"];
        };
        SignInRequest: {
            /**
             * @description Any text. An unknown username gets the same answer as a wrong password.
             * @example alice
             */
            username: string;
            password: components["schemas"]["CurrentPassword"];
            /**
             * @description How the tokens are sent. `cookie` is for browsers on the service's own site.
             * @default body
             * @enum {string}
             */
            transport: "body" | "cookie";
        };
        SignInReply: {
            id: components["schemas"]["UserId"];
            username: components["schemas"]["Username"];
            email: components["schemas"]["Email"];
            roles: components["schemas"]["Authorities"];
            sessionId: components["schemas"]["SessionId"];
            accessToken?: components["schemas"]["AccessToken"];
            refreshToken?: components["schemas"]["RefreshToken"];
            /** @constant */
            tokenType: "Bearer";
            expiresIn: components["schemas"]["ExpiresIn"];
        };
        RefreshRequest: {
            refreshToken?: components["schemas"]["RefreshToken"];
        };
        SignOutRequest: {
            refreshToken?: components["schemas"]["RefreshToken"];
        };
        RefreshReply: {
            accessToken?: components["schemas"]["AccessToken"];
            refreshToken?: components["schemas"]["RefreshToken"];
            /** @constant */
            tokenType: "Bearer";
            expiresIn: components["schemas"]["ExpiresIn"];
        };
        Account: {
            id: components["schemas"]["UserId"];
            username: components["schemas"]["Username"];
            email: components["schemas"]["Email"];
            /** @description Whether the user has verified this address. */
            emailVerified: boolean;
            roles: components["schemas"]["Authorities"];
            createdAt: components["schemas"]["Timestamp"];
        };
        DeleteAccountRequest: {
            password: components["schemas"]["CurrentPassword"];
        };
        ChangePasswordRequest: {
            currentPassword: components["schemas"]["CurrentPassword"];
            newPassword: components["schemas"]["Password"];
        };
        ChangePasswordReply: {
            sessionId: components["schemas"]["SessionId"];
            accessToken?: components["schemas"]["AccessToken"];
            refreshToken?: components["schemas"]["RefreshToken"];
            /** @constant */
            tokenType: "Bearer";
            expiresIn: components["schemas"]["ExpiresIn"];
        };
        SessionList: {
            sessions: components["schemas"]["Session"][];
        };
        Session: {
            id: components["schemas"]["SessionId"];
            /** @description Whether the sent token belongs to this session. */
            current: boolean;
            /** @description The sign-in's `User-Agent` header, at most its first 256 characters. */
            userAgent: string | null;
            /** @description The IP address of the sign-in. */
            ip: string | null;
            createdAt: components["schemas"]["Timestamp"];
            /** @description When its refresh token was last used, or else when it began. */
            lastUsedAt: components["schemas"]["Timestamp"];
            expiresAt: components["schemas"]["Timestamp"];
        };
        /** @description A user as admins see it. */
        UserDetails: {
            id: components["schemas"]["UserId"];
            username: components["schemas"]["Username"];
            email: components["schemas"]["Email"];
            /** @description Whether the user has verified this address. */
            emailVerified: boolean;
            roles: components["schemas"]["Authorities"];
            /** @description Whether the user is disabled and cannot sign in. */
            disabled: boolean;
            createdAt: components["schemas"]["Timestamp"];
            /** @description When the data shown here last changed. */
            updatedAt: components["schemas"]["Timestamp"];
        };
        UserPage: {
            /** @description Can hold fewer users than `limit`, or none, before the last page. See `nextCursor`. */
            users: components["schemas"]["UserDetails"][];
            /** @description The `cursor` of the next page; null on the last page. */
            nextCursor: components["schemas"]["Cursor"] | null;
        };
        /**
         * @description The start of a page. Its content is not part of this contract.
         * @example aWQ6Mg
         */
        Cursor: string;
        CreateUserRequest: {
            username: components["schemas"]["Username"];
            email: components["schemas"]["Email"];
            password: components["schemas"]["Password"];
            /** @description Initial roles. `user` is always given. */
            roles?: ("user" | "moderator" | "admin")[];
        };
        UpdateUserRequest: {
            /** @description Whether to disable the user. */
            disabled: boolean;
        };
        SetUserRolesRequest: {
            /** @description All roles that the user will have. */
            roles: ("user" | "moderator" | "admin")[];
        };
        UserSessionList: {
            sessions: components["schemas"]["Session"][];
        };
        RoleList: {
            roles: components["schemas"]["RoleNames"][];
        };
        RoleNames: {
            name: components["schemas"]["Role"];
            authority: components["schemas"]["Authority"];
        };
        /**
         * Format: uuid
         * @example 0b6ff0c5-5a3b-4a3f-9d7e-1f2d3c4b5a69
         */
        SessionId: string;
        /**
         * @description A signed JSON Web Token (RFC 7519). Its content is not part of this contract. Absent if
         *     tokens are sent in cookies.
         */
        AccessToken: string;
        /**
         * @description Can be used once; see `refreshTokens`. Its content is not part of this contract. Absent if
         *     tokens are sent in cookies.
         * @example AAECAwQFBgcICQoLDA0ODwAAAAAQERITFBUWFxgZGhscHR4fICEiIyQlJicoKSorLC0uLw
         */
        RefreshToken: string;
        MailRequest: {
            email: components["schemas"]["Email"];
        };
        ResetPasswordRequest: {
            token: components["schemas"]["OneTimeToken"];
            newPassword: components["schemas"]["Password"];
        };
        VerifyEmailRequest: {
            token: components["schemas"]["OneTimeToken"];
        };
        /** @description The part after `#token=` in the link of a mail. It can be used once. */
        OneTimeToken: string;
        /**
         * Format: int32
         * @description Seconds until the access token expires.
         */
        ExpiresIn: number;
        /**
         * @description What happened. `signed_up`: the user registered. `user_created`: an admin created the user.
         *     `session_ended`, `sessions_ended`: not by signing out. `details` names a deleted user.
         * @enum {string}
         */
        AuditEventType: "signed_up" | "signed_in" | "sign_in_failed" | "signed_out" | "session_ended" | "sessions_ended" | "refresh_token_reused" | "password_changed" | "password_reset" | "email_verified" | "user_created" | "roles_changed" | "user_disabled" | "user_enabled" | "user_deleted";
        AuditEvent: {
            /** Format: int64 */
            id: number;
            type: components["schemas"]["AuditEventType"];
            /**
             * Format: int64
             * @description The user who acted. Null if unknown (a failed sign-in) or for the command line. The user
             *     may be deleted by now.
             */
            actorId: number | null;
            /**
             * Format: int64
             * @description The affected user. Null for a sign-in with an unknown username. The user may be deleted
             *     by now.
             */
            subjectId: number | null;
            /** @description The request's id; null for the command line. */
            requestId: string | null;
            /** @description The client's IP address. */
            ip: string | null;
            occurredAt: components["schemas"]["Timestamp"];
            details: components["schemas"]["AuditDetails"];
        };
        /** @description More data about the event. Its members depend on the type. */
        AuditDetails: {
            sessionId?: components["schemas"]["SessionId"];
            username?: components["schemas"]["Username"];
            /**
             * @description Why a sign-in failed.
             * @enum {string}
             */
            reason?: "unknown_user" | "wrong_password" | "disabled" | "email_not_verified";
            rolesBefore?: components["schemas"]["Authorities"];
            rolesAfter?: components["schemas"]["Authorities"];
            /**
             * Format: int32
             * @description Counter of the refresh token that was reused.
             */
            counter?: number;
            /**
             * Format: int32
             * @description Counter of the current refresh token.
             */
            current?: number;
        };
        AuditEventPage: {
            events: components["schemas"]["AuditEvent"][];
            /** @description Leads to the next page; null on the last page. */
            nextCursor: string | null;
        };
        Message: {
            message: string;
        };
        Liveness: {
            /** @constant */
            status: "alive";
        };
        Readiness: {
            /** @constant */
            status: "ready";
        };
        /**
         * @description An OpenAPI 3.1 document. It and `Contract30` are open objects, because OpenAPI defines their
         *     members.
         */
        Contract: {
            openapi: string;
            info: {
                [key: string]: unknown;
            };
            paths: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** @description An OpenAPI 3.0 document. */
        Contract30: {
            openapi: string;
            info: {
                [key: string]: unknown;
            };
            paths: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        JsonWebKeySet: {
            keys: (components["schemas"]["EcKey"] | components["schemas"]["RsaKey"])[];
        };
        /** @description The public half of an ES256 key (RFC 7518, section 6.2). */
        EcKey: {
            /** @constant */
            kty: "EC";
            /** @constant */
            use: "sig";
            /** @constant */
            alg: "ES256";
            kid: components["schemas"]["KeyId"];
            /** @constant */
            crv: "P-256";
            x: components["schemas"]["Base64Url"];
            y: components["schemas"]["Base64Url"];
        };
        /** @description The public half of an RS256 key (RFC 7518, section 6.3). */
        RsaKey: {
            /** @constant */
            kty: "RSA";
            /** @constant */
            use: "sig";
            /** @constant */
            alg: "RS256";
            kid: components["schemas"]["KeyId"];
            n: components["schemas"]["Base64Url"];
            e: components["schemas"]["Base64Url"];
        };
        /** @description The key's SHA-256 thumbprint (RFC 7638). */
        KeyId: string;
        Base64Url: string;
        /**
         * @description The kind of error, for programs. A code never changes its meaning.
         * @enum {string}
         */
        ErrorCode: "validation_failed" | "malformed_body" | "username_taken" | "email_taken" | "weak_password" | "role_required" | "invalid_credentials" | "token_missing" | "token_invalid" | "token_expired" | "refresh_token_invalid" | "refresh_token_expired" | "refresh_token_reused" | "password_wrong" | "one_time_token_invalid" | "email_not_verified" | "cross_site_request" | "last_admin" | "version_conflict" | "not_found" | "method_not_allowed" | "body_too_large" | "unsupported_media_type" | "unavailable" | "internal_error";
        /** @description An error (RFC 9457). Its `type` is always `about:blank` and therefore omitted. */
        Problem: {
            /** @description The status in words. */
            title: string;
            /** Format: int32 */
            status: number;
            /** @description What went wrong, for people. */
            detail: string;
            code: components["schemas"]["ErrorCode"];
            /** @description The same text as `detail`, under the name that older clients read. */
            message: string;
            requestId: components["schemas"]["RequestId"];
            /**
             * @description With `validation_failed`, the first 20 violations. With `weak_password`, the affected
             *     member.
             */
            errors?: components["schemas"]["Breach"][];
        };
        Breach: {
            /** @description A JSON Pointer (RFC 6901) into the request, such as `/body/username` or `/query/limit`. */
            path: string;
            /** @description The reason. */
            message: string;
        };
    };
    responses: {
        /** @description The page. */
        Page: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["NoCache"];
                "X-Content-Type-Options": components["headers"]["NoSniff"];
                "Content-Security-Policy": components["headers"]["PagePolicy"];
                [name: string]: unknown;
            };
            content: {
                "text/html": string;
            };
        };
        /** @description The script. */
        Script: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["NoCache"];
                "X-Content-Type-Options": components["headers"]["NoSniff"];
                ETag: components["headers"]["ContentETag"];
                [name: string]: unknown;
            };
            content: {
                "text/javascript": string;
            };
        };
        /** @description The style sheet. */
        Style: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["NoCache"];
                "X-Content-Type-Options": components["headers"]["NoSniff"];
                ETag: components["headers"]["ContentETag"];
                [name: string]: unknown;
            };
            content: {
                "text/css": string;
            };
        };
        /** @description The copy that `If-None-Match` names is still current. */
        NotModified: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["NoCache"];
                "X-Content-Type-Options": components["headers"]["NoSniff"];
                ETag: components["headers"]["ContentETag"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description `validation_failed`: a query parameter is not declared for this operation. */
        InvalidQuery: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["NoStore"];
                "X-Content-Type-Options": components["headers"]["NoSniff"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 400;
                    /** @constant */
                    code: "validation_failed";
                };
            };
        };
        /** @description `validation_failed`: a parameter violates this contract or is not declared. */
        InvalidParameter: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["NoStore"];
                "X-Content-Type-Options": components["headers"]["NoSniff"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 400;
                    /** @constant */
                    code: "validation_failed";
                };
            };
        };
        /**
         * @description `validation_failed`: a member or a parameter violates this contract · `malformed_body`: not
         *     JSON.
         */
        InvalidRequest: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["NoStore"];
                "X-Content-Type-Options": components["headers"]["NoSniff"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 400;
                    /** @enum {string} */
                    code: "validation_failed" | "malformed_body";
                };
            };
        };
        /** @description The request is accepted. The mail is sent if a user has this address and needs it. */
        MailAccepted: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["NoStore"];
                "X-Content-Type-Options": components["headers"]["NoSniff"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Message"];
            };
        };
        /**
         * @description `validation_failed`: a member violates this contract · `malformed_body`: not JSON ·
         *     `one_time_token_invalid`: the token is unknown, used, expired or for another purpose, or its
         *     user is disabled or now has another e-mail address.
         */
        OneTimeTokenRefused: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["NoStore"];
                "X-Content-Type-Options": components["headers"]["NoSniff"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 400;
                    /** @enum {string} */
                    code: "validation_failed" | "malformed_body" | "one_time_token_invalid";
                };
            };
        };
        /**
         * @description `token_missing`: no token was sent · `token_invalid`: the token is forged, its user is
         *     deleted or disabled, or its session has ended · `token_expired`: sign in again.
         */
        TokenRefused: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["NoStore"];
                "X-Content-Type-Options": components["headers"]["NoSniff"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "Set-Cookie": components["headers"]["Set-Cookie"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 401;
                    /** @enum {string} */
                    code: "token_missing" | "token_invalid" | "token_expired";
                };
            };
        };
        /** @description `role_required`: the user lacks the role that the operation needs; `message` names it. */
        RoleRequired: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["NoStore"];
                "X-Content-Type-Options": components["headers"]["NoSniff"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 403;
                    /** @constant */
                    code: "role_required";
                };
            };
        };
        /** @description `cross_site_request`: another site made the browser send this request. */
        CrossSite: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["NoStore"];
                "X-Content-Type-Options": components["headers"]["NoSniff"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 403;
                    /** @constant */
                    code: "cross_site_request";
                };
            };
        };
        /**
         * @description `validation_failed`: a member violates this contract · `malformed_body`: not JSON ·
         *     `username_taken`, `email_taken`: already in use, without regard to case · `weak_password`:
         *     the password is easy to guess; `message` says why.
         */
        UserRefused: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["NoStore"];
                "X-Content-Type-Options": components["headers"]["NoSniff"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 400;
                    /** @enum {string} */
                    code: "validation_failed" | "malformed_body" | "username_taken" | "email_taken" | "weak_password";
                };
            };
        };
        /**
         * @description `role_required`: the user is not an admin · `cross_site_request`: another site made the
         *     browser send this request.
         */
        AdminRefused: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["NoStore"];
                "X-Content-Type-Options": components["headers"]["NoSniff"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 403;
                    /** @enum {string} */
                    code: "role_required" | "cross_site_request";
                };
            };
        };
        /** @description `not_found`: the user does not exist or was deleted. */
        UserNotFound: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["NoStore"];
                "X-Content-Type-Options": components["headers"]["NoSniff"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 404;
                    /** @constant */
                    code: "not_found";
                };
            };
        };
        /** @description `last_admin`: no other enabled admin exists. */
        LastAdmin: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["NoStore"];
                "X-Content-Type-Options": components["headers"]["NoSniff"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 409;
                    /** @constant */
                    code: "last_admin";
                };
            };
        };
        /**
         * @description `version_conflict`: the user no longer has a version that `If-Match` names. Read the user
         *     again, and decide again.
         */
        VersionConflict: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["NoStore"];
                "X-Content-Type-Options": components["headers"]["NoSniff"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 412;
                    /** @constant */
                    code: "version_conflict";
                };
            };
        };
        /** @description `not_found`: no operation has this path. */
        NotFound: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["NoStore"];
                "X-Content-Type-Options": components["headers"]["NoSniff"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 404;
                    /** @constant */
                    code: "not_found";
                };
            };
        };
        /** @description `method_not_allowed`: the path exists, but not with this method; `Allow` lists its methods. */
        MethodNotAllowed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["NoStore"];
                "X-Content-Type-Options": components["headers"]["NoSniff"];
                Allow: components["headers"]["Allow"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 405;
                    /** @constant */
                    code: "method_not_allowed";
                };
            };
        };
        /** @description `body_too_large`: the body is larger than 16 KiB. */
        BodyTooLarge: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["NoStore"];
                "X-Content-Type-Options": components["headers"]["NoSniff"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 413;
                    /** @constant */
                    code: "body_too_large";
                };
            };
        };
        /**
         * @description `unsupported_media_type`: the operation does not accept the body's media type, character set
         *     or content coding.
         */
        UnsupportedMediaType: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["NoStore"];
                "X-Content-Type-Options": components["headers"]["NoSniff"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 415;
                    /** @constant */
                    code: "unsupported_media_type";
                };
            };
        };
        /** @description `internal_error`: an unexpected error. The log has the cause, under the request id. */
        InternalError: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["NoStore"];
                "X-Content-Type-Options": components["headers"]["NoSniff"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 500;
                    /** @constant */
                    code: "internal_error";
                };
            };
        };
        /**
         * @description `unavailable`: the database or the hashing capacity is not available, or this service sends
         *     no mail. Try again after `Retry-After` seconds.
         */
        Unavailable: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["NoStore"];
                "X-Content-Type-Options": components["headers"]["NoSniff"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status: 503;
                    /** @constant */
                    code: "unavailable";
                };
            };
        };
    };
    parameters: {
        /** @description The refresh token, as a cookie. A token in the body takes precedence. */
        RefreshTokenCookie: components["schemas"]["RefreshToken"];
        /** @description The `id` of a user. */
        UserIdInPath: components["schemas"]["UserId"];
        /**
         * @description Makes the change only if the user is unchanged since it was read. Send the `ETag` of that
         *     response (RFC 9110, section 13.1.1), or several, comma-separated. `*` matches any version.
         *     Without this header, the change applies to any version.
         */
        IfMatch: string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description The request's id, as sent or newly generated. Quote it when you ask for help.
         * @example 7f0c2b1e-9d35-4a53-8b0f-0c6a3a7e9a11
         */
        "X-Request-Id": components["schemas"]["RequestId"];
        /**
         * @description The response is for its recipient only. No cache may store it.
         * @example no-store
         */
        NoStore: "no-store";
        /**
         * @description A cache may store this response, but must revalidate it before each use.
         * @example no-cache
         */
        NoCache: "no-cache";
        /**
         * @description Any cache may store this response for five minutes.
         * @example public, max-age=300
         */
        FiveMinutes: "public, max-age=300";
        /**
         * @description The media type is exactly what `Content-Type` says.
         * @example nosniff
         */
        NoSniff: "nosniff";
        /**
         * @description The challenge (RFC 6750, section 3). A refused token adds `error="invalid_token"`.
         * @example Bearer
         */
        "WWW-Authenticate": "Bearer" | "Bearer error=\"invalid_token\"";
        /**
         * @description With `transport: cookie`, the access token and the refresh token: `__Host-`, `HttpOnly`,
         *     `Secure`, `SameSite=Lax`. The cookies are cleared when the session ends.
         * @example __Host-rolegate-access=eyJhbGciOiJIUzI1NiJ9.e30.c2ln; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=3600
         */
        "Set-Cookie": string;
        /**
         * @description Seconds to wait before the next attempt.
         * @example 2
         */
        "Retry-After": number;
        /**
         * @description The version of the user (RFC 9110, section 8.8.3), for `If-Match`. It changes with the data
         *     shown.
         * @example "3"
         */
        ETag: string;
        /**
         * @description The path of the user.
         * @example /api/users/2
         */
        Location: string;
        /**
         * @description The methods that this path supports.
         * @example GET, HEAD, OPTIONS
         */
        Allow: string;
        /**
         * @description The response depends on the `Accept` header.
         * @example Accept
         */
        VaryAccept: string;
        /**
         * @description The path of the docs page.
         * @example /docs
         */
        DocsLocation: "/docs";
        /**
         * @description Changes with the content. `If-None-Match` with the current value gets 304.
         * @example "n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg"
         */
        ContentETag: string;
        /**
         * @description What the page may load (Content Security Policy, Level 3): scripts, styles and data from
         *     this service only. The two hashes allow Redoc's own styles. `blob:` for workers allows its
         *     search.
         * @example default-src 'none';script-src 'self';style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' 'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc=';img-src 'self' data:;connect-src 'self';worker-src blob:;base-uri 'none';form-action 'none';frame-ancestors 'none'
         */
        PagePolicy: "default-src 'none';script-src 'self';style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' 'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc=';img-src 'self' data:;connect-src 'self';worker-src blob:;base-uri 'none';form-action 'none';frame-ancestors 'none'";
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getWelcome: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The service runs. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    Vary: components["headers"]["VaryAccept"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description Redirects browsers to the docs page. */
            303: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    Vary: components["headers"]["VaryAccept"];
                    Location: components["headers"]["DocsLocation"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidQuery"];
        };
    };
    getLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process is alive. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Liveness"];
                };
            };
            400: components["responses"]["InvalidQuery"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The node accepts requests. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            400: components["responses"]["InvalidQuery"];
            503: components["responses"]["Unavailable"];
        };
    };
    getContractJson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The contract. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoCache"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    ETag: components["headers"]["ContentETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contract"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidQuery"];
        };
    };
    getContractJson30: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The contract in OpenAPI 3.0.3. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoCache"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    ETag: components["headers"]["ContentETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contract30"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidQuery"];
        };
    };
    getContractYaml: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The contract. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoCache"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    ETag: components["headers"]["ContentETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/yaml": string;
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidQuery"];
        };
    };
    getJsonWebKeySet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["FiveMinutes"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    [name: string]: unknown;
                };
                content: {
                    "application/jwk-set+json": components["schemas"]["JsonWebKeySet"];
                };
            };
            400: components["responses"]["InvalidQuery"];
        };
    };
    signUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignUpRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["SignUpRequest"];
            };
        };
        responses: {
            /** @description The user was created. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignUpReply"];
                };
            };
            400: components["responses"]["UserRefused"];
            /** @description `role_required`: the request asks for a role other than `user`. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @constant */
                        code: "role_required";
                    };
                };
            };
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: {
                /** @description The refresh token, as a cookie. A token in the body takes precedence. */
                "__Host-rolegate-refresh"?: components["parameters"]["RefreshTokenCookie"];
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["SignInRequest"];
            };
        };
        responses: {
            /** @description The password is right. A session has begun. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInReply"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            /** @description `invalid_credentials`: unknown user or wrong password. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 401;
                        /** @constant */
                        code: "invalid_credentials";
                    };
                };
            };
            /**
             * @description `cross_site_request`: another site made the browser send this request for cookies ·
             *     `email_not_verified`: the password is right, but this deployment requires a verified
             *     e-mail address.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "cross_site_request" | "email_not_verified";
                    };
                };
            };
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    refreshTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: {
                /** @description The refresh token, as a cookie. A token in the body takes precedence. */
                "__Host-rolegate-refresh"?: components["parameters"]["RefreshTokenCookie"];
            };
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RefreshRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["RefreshRequest"];
            };
        };
        responses: {
            /** @description The new tokens. The old refresh token is used up. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefreshReply"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            /**
             * @description `refresh_token_invalid`: the token is forged, or its session has ended ·
             *     `refresh_token_expired`: sign in again · `refresh_token_reused`: the token was used
             *     before; the session has ended. If the token came in the cookie, the cookies are cleared.
             */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 401;
                        /** @enum {string} */
                        code: "refresh_token_invalid" | "refresh_token_expired" | "refresh_token_reused";
                    };
                };
            };
            403: components["responses"]["CrossSite"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: {
                /** @description The refresh token, as a cookie. A token in the body takes precedence. */
                "__Host-rolegate-refresh"?: components["parameters"]["RefreshTokenCookie"];
            };
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SignOutRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["SignOutRequest"];
            };
        };
        responses: {
            /** @description The session has ended. The cookies are cleared. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["TokenRefused"];
            403: components["responses"]["CrossSite"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    requestPasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MailRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["MailRequest"];
            };
        };
        responses: {
            202: components["responses"]["MailAccepted"];
            400: components["responses"]["InvalidRequest"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResetPasswordRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["ResetPasswordRequest"];
            };
        };
        responses: {
            /** @description The password is set. Sign in with it. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description `validation_failed`: a member violates this contract · `malformed_body`: not JSON ·
             *     `one_time_token_invalid`: the link is unknown, used or expired · `weak_password`: the
             *     new password is easy to guess; `message` says why.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "validation_failed" | "malformed_body" | "one_time_token_invalid" | "weak_password";
                    };
                };
            };
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    requestEmailVerification: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MailRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["MailRequest"];
            };
        };
        responses: {
            202: components["responses"]["MailAccepted"];
            400: components["responses"]["InvalidRequest"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    verifyEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerifyEmailRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["VerifyEmailRequest"];
            };
        };
        responses: {
            /** @description The e-mail address is verified. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["OneTimeTokenRefused"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            400: components["responses"]["InvalidQuery"];
            401: components["responses"]["TokenRefused"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteAccountRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["DeleteAccountRequest"];
            };
        };
        responses: {
            /** @description The account is deleted. Cookies that held its tokens are cleared. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["TokenRefused"];
            /**
             * @description `password_wrong`: this is not the account's password · `cross_site_request`: another
             *     site made the browser send this request.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "password_wrong" | "cross_site_request";
                    };
                };
            };
            409: components["responses"]["LastAdmin"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePasswordRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["ChangePasswordRequest"];
            };
        };
        responses: {
            /** @description The new password is in effect. A new session has begun. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangePasswordReply"];
                };
            };
            /**
             * @description `validation_failed`: a member violates this contract · `malformed_body`: not JSON ·
             *     `weak_password`: the new password is easy to guess; `message` says why.
             */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 400;
                        /** @enum {string} */
                        code: "validation_failed" | "malformed_body" | "weak_password";
                    };
                };
            };
            401: components["responses"]["TokenRefused"];
            /**
             * @description `password_wrong`: this is not the account's password · `cross_site_request`: another
             *     site made the browser send this request.
             */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 403;
                        /** @enum {string} */
                        code: "password_wrong" | "cross_site_request";
                    };
                };
            };
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sessions. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            400: components["responses"]["InvalidQuery"];
            401: components["responses"]["TokenRefused"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    endOtherSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The other sessions have ended. Their tokens are refused from the next request on. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidQuery"];
            401: components["responses"]["TokenRefused"];
            403: components["responses"]["CrossSite"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The `id` of one of the account's sessions. */
                sessionId: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session has ended. If it was the current one, its cookies are cleared. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["TokenRefused"];
            403: components["responses"]["CrossSite"];
            /** @description `not_found`: the account has no such session, or it has ended. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status: 404;
                        /** @constant */
                        code: "not_found";
                    };
                };
            };
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAuditEvents: {
        parameters: {
            query?: {
                /** @description Only events of this type. */
                type?: components["schemas"]["AuditEventType"];
                /** @description Only actions by this user. */
                actorId?: components["schemas"]["UserId"];
                /** @description Only events that affect this user. */
                subjectId?: components["schemas"]["UserId"];
                /** @description Only events at or after this time. */
                from?: components["schemas"]["Moment"];
                /** @description Only events before this time. */
                to?: components["schemas"]["Moment"];
                /** @description Maximum number of events on a page. */
                limit?: number;
                /** @description The `nextCursor` of the previous page. Send that page's other parameters, too. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of events. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEventPage"];
                };
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["TokenRefused"];
            403: components["responses"]["RoleRequired"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @description The start of the username or e-mail address, without regard to case. */
                search?: string;
                /** @description Only users who have this role. */
                role?: components["schemas"]["Role"];
                /** @description `true`: only disabled users. `false`: only enabled users. */
                disabled?: boolean;
                /** @description Maximum number of users on a page. */
                limit?: number;
                /** @description The `nextCursor` of the previous page. Send that page's filters, too. */
                cursor?: components["schemas"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of users. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPage"];
                };
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["TokenRefused"];
            403: components["responses"]["RoleRequired"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateUserRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["CreateUserRequest"];
            };
        };
        responses: {
            /** @description The user was created. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserDetails"];
                };
            };
            400: components["responses"]["UserRefused"];
            401: components["responses"]["TokenRefused"];
            403: components["responses"]["AdminRefused"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The `id` of a user. */
                userId: components["parameters"]["UserIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserDetails"];
                };
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["TokenRefused"];
            403: components["responses"]["RoleRequired"];
            404: components["responses"]["UserNotFound"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteUser: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes the change only if the user is unchanged since it was read. Send the `ETag` of that
                 *     response (RFC 9110, section 13.1.1), or several, comma-separated. `*` matches any version.
                 *     Without this header, the change applies to any version.
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The `id` of a user. */
                userId: components["parameters"]["UserIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user is deleted. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["TokenRefused"];
            403: components["responses"]["AdminRefused"];
            404: components["responses"]["UserNotFound"];
            409: components["responses"]["LastAdmin"];
            412: components["responses"]["VersionConflict"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes the change only if the user is unchanged since it was read. Send the `ETag` of that
                 *     response (RFC 9110, section 13.1.1), or several, comma-separated. `*` matches any version.
                 *     Without this header, the change applies to any version.
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The `id` of a user. */
                userId: components["parameters"]["UserIdInPath"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateUserRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["UpdateUserRequest"];
            };
        };
        responses: {
            /** @description The user after the change. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserDetails"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["TokenRefused"];
            403: components["responses"]["AdminRefused"];
            404: components["responses"]["UserNotFound"];
            409: components["responses"]["LastAdmin"];
            412: components["responses"]["VersionConflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    setUserRoles: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes the change only if the user is unchanged since it was read. Send the `ETag` of that
                 *     response (RFC 9110, section 13.1.1), or several, comma-separated. `*` matches any version.
                 *     Without this header, the change applies to any version.
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /** @description The `id` of a user. */
                userId: components["parameters"]["UserIdInPath"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetUserRolesRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["SetUserRolesRequest"];
            };
        };
        responses: {
            /** @description The user after the change. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserDetails"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["TokenRefused"];
            403: components["responses"]["AdminRefused"];
            404: components["responses"]["UserNotFound"];
            409: components["responses"]["LastAdmin"];
            412: components["responses"]["VersionConflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listUserSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The `id` of a user. */
                userId: components["parameters"]["UserIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sessions. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserSessionList"];
                };
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["TokenRefused"];
            403: components["responses"]["RoleRequired"];
            404: components["responses"]["UserNotFound"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    endUserSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The `id` of a user. */
                userId: components["parameters"]["UserIdInPath"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sessions have ended. Their tokens are refused from the next request on. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidParameter"];
            401: components["responses"]["TokenRefused"];
            403: components["responses"]["AdminRefused"];
            404: components["responses"]["UserNotFound"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listRoles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The roles. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleList"];
                };
            };
            400: components["responses"]["InvalidQuery"];
            401: components["responses"]["TokenRefused"];
            403: components["responses"]["RoleRequired"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getPublicContent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The content. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": "Public Content.";
                };
            };
            400: components["responses"]["InvalidQuery"];
        };
    };
    getUserContent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The content. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": "User Content.";
                };
            };
            400: components["responses"]["InvalidQuery"];
            401: components["responses"]["TokenRefused"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getModeratorContent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The content. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": "Moderator Content.";
                };
            };
            400: components["responses"]["InvalidQuery"];
            401: components["responses"]["TokenRefused"];
            403: components["responses"]["RoleRequired"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAdminContent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The content. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": "Admin Content.";
                };
            };
            400: components["responses"]["InvalidQuery"];
            401: components["responses"]["TokenRefused"];
            403: components["responses"]["RoleRequired"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDocs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Page"];
            400: components["responses"]["InvalidQuery"];
        };
    };
    getRedoc: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Page"];
            400: components["responses"]["InvalidQuery"];
        };
    };
    getDocsScript: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Script"];
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidQuery"];
        };
    };
    getRedocScript: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Script"];
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidQuery"];
        };
    };
    getDocsStyle: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Style"];
            304: components["responses"]["NotModified"];
            400: components["responses"]["InvalidQuery"];
        };
    };
}

/** The operations whose security requirement asks for a token. */
export type SecuredOperationId = 'getAccount' | 'deleteAccount' | 'changePassword' | 'listSessions' | 'endOtherSessions' | 'endSession' | 'listAuditEvents' | 'listUsers' | 'createUser' | 'getUser' | 'updateUser' | 'deleteUser' | 'setUserRoles' | 'listUserSessions' | 'endUserSessions' | 'listRoles' | 'getUserContent' | 'getModeratorContent' | 'getAdminContent';
/** The operations that are called with a token or without one. */
export type OptionalTokenOperationId = 'signOut';

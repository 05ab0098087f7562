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
         * @description Tells that the service is there. What prefers HTML to JSON, as browsers do, is sent to the docs page.
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
         * @description Answers as long as the process runs its event loop. Asks nothing of the database.
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
         * @description Answers 200 while the database answers and the node is not shutting down.
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
         * @description The contract that this node obeys.
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
         * @description The contract that this node obeys, put into OpenAPI 3.0.3 for tools that do not read 3.1. Roles are in `x-roles` of an operation:
         *     alternatives, each a list of roles that are all needed.
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
         * @description The contract that this node obeys, letter for letter as its authors wrote it.
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
         * @description A JSON Web Key Set (RFC 7517): with it, other services verify access tokens by themselves. Each token names its key (`kid`, RFC 7638).
         *     Empty while the service signs with a shared secret. A new key stands here before it signs; an old one until its last token
         *     has expired.
         *
         *     A service that verifies by itself does not see that a session was ended or a role was taken away before the token expires. In such
         *     tokens `sub` is the user's id as a text, `username` and `roles` (authorities) are what they were when the token was issued, and
         *     `iss` is `rolegate`.
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
         * @description Creates a user with the role `user`, and sends a mail with a link that verifies the e-mail address. Usernames and e-mail
         *     addresses are unique without regard to case. Asking for a role beyond `user` is refused: roles are granted by an admin.
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
         * @description Exchanges a username and a password for tokens, and starts a session. An unknown user and a wrong password get one answer,
         *     after the same time. The username is compared without regard to case.
         *
         *     With `transport: cookie`, for browsers, the tokens travel in `HttpOnly` cookies and are in no body; the request must then
         *     come from the service's own origin or from one that it is configured for.
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
         * @description Each refresh token is good for one use and gives the next one. Within 30 seconds the last one may be used again and gives the
         *     *same* next one (two tabs, a lost answer). An older one has been stolen or copied: the session ends.
         *
         *     Sent in the body, or in the cookie that `signIn` set; the new tokens come the same way. A cookie alone must come from the
         *     service's own origin or from one that it is configured for.
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
         * @description Ends the session of the token that is sent. Its access token and its refresh token are refused from the next request on.
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
         * @description Sends a mail with a link to the address, where a user has it. The answer, and the time that it takes, are the same for every
         *     address. Within a minute of a mail, no second one is sent, and ten in a day at most. 503 with no prospect of change where the
         *     service sends no mail; `message` says so.
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
         * @description Sets the password, ends all of the user's sessions, and marks the e-mail address as verified, since the token was sent there.
         *     The token is good for one use, and uses up all other links to a new password that the user was sent.
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
         * @description Sends a mail with a link to the address, where a user has it and it is not verified yet. The answer, and the time that it
         *     takes, are the same for every address. Within a minute of a mail, no second one is sent, and ten in a day at most. `signUp`
         *     sends the first one. 503 with no prospect of change where the service sends no mail; `message` says so.
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
         * @description The token is good for one use, and only as long as the user has the address that it was sent to.
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
         * @description Who the token belongs to, as the database has it now.
         */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        /**
         * Delete the account
         * @description Removes the user with all sessions, for good; username and e-mail address are free again. Asks for the password once more, since
         *     a token may be in a stranger's hands. The last enabled admin cannot go.
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
         * @description Asks for the current password. All other sessions of the user end, and links to reset the password that were sent until now are
         *     worth nothing; the session of the token that is sent goes on. Of several changes at once, one succeeds.
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
         * @description Those that can still be used, the last used first: 100 at most, with the session of the token that is sent always among them.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /**
         * End all other sessions
         * @description Signs the user out everywhere but here. The session of the token that is sent goes on.
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
         * @description Its tokens are refused from the next request on. To end the session of the token that is sent is to sign out.
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
         * @description The newest first. Each event was written together with what it tells of: neither is there without the other. Kept as long as the service is
         *     configured to keep them.
         *
         *     `nextCursor` leads to the next page; it is null on the last one.
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
         * Users, page by page
         * @description A page holds `limit` users at most, and often fewer, even none: the work that goes into a page is bounded, and not every user
         *     that was looked at fits the filters. Go on with `cursor` until `nextCursor` is null; only that says that there are no more.
         *
         *     The filters are all to be met. Users come in the order of their ids; with `search`, unless a role beyond `user` or `disabled=true` is
         *     asked for, too, in the order of the name or address that matched. Who is there and fits the whole time is listed exactly once,
         *     whoever comes or goes meanwhile.
         */
        get: operations["listUsers"];
        put?: never;
        /**
         * Create a user
         * @description As `signUp`, the mail that verifies the address included, but with any roles; `user` is always among them.
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
         * @description Who it is and what they may do, as the database has it now.
         */
        get: operations["getUser"];
        put?: never;
        post?: never;
        /**
         * Delete a user
         * @description Removes the user with all sessions, for good; username and e-mail address are free again. The last enabled admin cannot be deleted.
         */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        /**
         * Disable or enable a user
         * @description A disabled user cannot sign in, and all sessions end; who is enabled again signs in anew. Counts from the user's next request on. The
         *     last enabled admin cannot be disabled.
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
         * @description The user has these roles from the next request on, and no others: `user` is taken away, too, when it is not among them, and who has
         *     no role can still do what asks for none. `admin` cannot be taken from the last enabled admin.
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
         * @description Those that can still be used, the last used first; 100 at most.
         */
        get: operations["listUserSessions"];
        put?: never;
        post?: never;
        /**
         * End the sessions of a user
         * @description Signs the user out everywhere; an admin who names themselves, here, too.
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
         * @description What a user can be given, by the name in requests and the authority in answers.
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
         * @description Needs a token; no role is asked for.
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
         * This document, to try it
         * @description Swagger UI. After `signIn` it sends the token by itself; a reload forgets it.
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
         * This document, to read it
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
         * The script of the page to try it
         * @description Swagger UI itself.
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
         * The script of the page to read it
         * @description Redoc itself.
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
         * The style of both pages
         * @description What the two pages look like.
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
         * @description 3 to 32 ASCII letters, digits, `_`, `.` and `-`; unique without regard to case.
         * @example alice
         */
        Username: string;
        /**
         * Format: email
         * @description An e-mail address as HTML's `<input type=email>` defines it, up to 254 characters (RFC 5321, section 4.5.3.1.3);
         *     unique without regard to case.
         * @example alice@example.com
         */
        Email: string;
        /**
         * Format: password
         * @description 8 characters to 72 **bytes** of UTF-8, which is what bcrypt reads; a longer one is refused, never cut off. Any character but
         *     NUL and lone surrogates. One that is commonly used or easy to guess, or that holds the username or the part of the e-mail
         *     address before the @ (from 3 characters on), is refused as `weak_password`.
         * @example correct horse battery
         */
        Password: string;
        /**
         * Format: password
         * @description The password that the user has. Up to 72 bytes of UTF-8.
         * @example correct horse battery
         */
        CurrentPassword: string;
        /**
         * @description The name of a role, as requests and security requirements use it.
         * @enum {string}
         */
        Role: "user" | "moderator" | "admin";
        /**
         * @description A role as answers tell it.
         * @enum {string}
         */
        Authority: "ROLE_USER" | "ROLE_MODERATOR" | "ROLE_ADMIN";
        /** @description The user's roles, in the order user, moderator, admin. */
        Authorities: components["schemas"]["Authority"][];
        /**
         * Format: int64
         * @description The user's id, never used again.
         * @example 1
         */
        UserId: number;
        /**
         * Format: date-time
         * @description A time in UTC (RFC 3339), to the millisecond.
         * @example 2026-11-24T09:30:00.000Z
         */
        Timestamp: string;
        /**
         * Format: date-time
         * @description A time (RFC 3339), with any offset and fraction.
         * @example 2026-11-24T10:30:00+01:00
         */
        Moment: string;
        RequestId: string;
        SignUpRequest: {
            username: components["schemas"]["Username"];
            email: components["schemas"]["Email"];
            password: components["schemas"]["Password"];
            /** @description Roles to start with. Only `user` may be asked for, and is given anyway. */
            roles?: components["schemas"]["Role"][];
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
             * @description Any text; one that no user has is answered like a wrong password.
             * @example alice
             */
            username: string;
            password: components["schemas"]["CurrentPassword"];
            /**
             * @description Where the tokens travel. `cookie` is for browsers that talk to the service's own site.
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
            /** @description Whether the user has shown that mail to this address arrives. */
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
        SessionList: {
            sessions: components["schemas"]["Session"][];
        };
        Session: {
            id: components["schemas"]["SessionId"];
            /** @description Whether it is the session of the token that was sent. */
            current: boolean;
            /** @description What signed in, as it named itself; the first 256 characters. */
            userAgent: string | null;
            /** @description From where it signed in. */
            ip: string | null;
            createdAt: components["schemas"]["Timestamp"];
            /** @description When its refresh token was last traded, or else when it began. */
            lastUsedAt: components["schemas"]["Timestamp"];
            expiresAt: components["schemas"]["Timestamp"];
        };
        /** @description A user as admins see it. */
        UserDetails: {
            id: components["schemas"]["UserId"];
            username: components["schemas"]["Username"];
            email: components["schemas"]["Email"];
            /** @description Whether the user has shown that mail to this address arrives. */
            emailVerified: boolean;
            roles: components["schemas"]["Authorities"];
            /** @description Whether the user is kept from signing in. */
            disabled: boolean;
            createdAt: components["schemas"]["Timestamp"];
            /** @description When something of what is shown here last changed. */
            updatedAt: components["schemas"]["Timestamp"];
        };
        UserPage: {
            /** @description Fewer than `limit`, even none, do not mean that there are no more; see `nextCursor`. */
            users: components["schemas"]["UserDetails"][];
            /** @description The `cursor` of the next page; null when this is the last one. */
            nextCursor: components["schemas"]["Cursor"] | null;
        };
        /**
         * @description Where a page begins. Its inside is not part of this contract.
         * @example aWQ6Mg
         */
        Cursor: string;
        CreateUserRequest: {
            username: components["schemas"]["Username"];
            email: components["schemas"]["Email"];
            password: components["schemas"]["Password"];
            /** @description Roles to start with. `user` is given anyway. */
            roles?: components["schemas"]["Role"][];
        };
        UpdateUserRequest: {
            /** @description Whether the user is to be kept from signing in. */
            disabled: boolean;
        };
        SetUserRolesRequest: {
            /** @description All roles that the user is to have. */
            roles: components["schemas"]["Role"][];
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
        /** @description A signed JSON Web Token (RFC 7519). Its inside is not part of this contract. Absent where tokens travel in cookies. */
        AccessToken: string;
        /**
         * @description Good for one use; see `refreshTokens`. Its inside is not part of this contract. Absent where tokens travel in cookies.
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
        /** @description From a mail's link, where it stands after `#token=`. Good for one use. */
        OneTimeToken: string;
        /**
         * Format: int32
         * @description Seconds until the access token expires.
         */
        ExpiresIn: number;
        /**
         * @description What happened. `signed_up`: by oneself; `user_created`: by an admin. `session_ended`, `sessions_ended`: not by signing out. Whoever was deleted is
         *     named in `details`.
         * @enum {string}
         */
        AuditEventType: "signed_up" | "signed_in" | "sign_in_failed" | "signed_out" | "session_ended" | "sessions_ended" | "refresh_token_reused" | "password_changed" | "password_reset" | "email_verified" | "user_created" | "roles_changed" | "user_disabled" | "user_enabled" | "user_deleted";
        AuditEvent: {
            /** Format: int64 */
            id: number;
            type: components["schemas"]["AuditEventType"];
            /**
             * Format: int64
             * @description Who did it; null when that is not known (a sign-in that failed), or when it came from the command line. May be gone by now.
             */
            actorId: number | null;
            /**
             * Format: int64
             * @description Whom it happened to; null for a sign-in as a user that there is not. May be gone by now.
             */
            subjectId: number | null;
            /** @description The request's id; null when it came from the command line. */
            requestId: string | null;
            /** @description From where. */
            ip: string | null;
            occurredAt: components["schemas"]["Timestamp"];
            details: components["schemas"]["AuditDetails"];
        };
        /** @description What else there is to say, depending on the type. */
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
             * @description Of the refresh token that was used again.
             */
            counter?: number;
            /**
             * Format: int32
             * @description Of the refresh token that counted.
             */
            current?: number;
        };
        AuditEventPage: {
            events: components["schemas"]["AuditEvent"][];
            /** @description Leads to the next page; null on the last one. */
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
        /** @description An OpenAPI 3.1 document. It and `Contract30` are the open objects here, since OpenAPI itself says what is in them. */
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
         * @description What went wrong, for programs. A code never changes its meaning.
         * @enum {string}
         */
        ErrorCode: "validation_failed" | "malformed_body" | "username_taken" | "email_taken" | "weak_password" | "role_required" | "invalid_credentials" | "token_missing" | "token_invalid" | "token_expired" | "refresh_token_invalid" | "refresh_token_expired" | "refresh_token_reused" | "password_wrong" | "one_time_token_invalid" | "email_not_verified" | "cross_site_request" | "last_admin" | "version_conflict" | "not_found" | "method_not_allowed" | "body_too_large" | "unsupported_media_type" | "unavailable" | "internal_error";
        /** @description An error (RFC 9457; its `type` is always `about:blank` and therefore left out). */
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
            /** @description With `validation_failed`, each breach, the first 20 of them; with `weak_password`, which member it is. */
            errors?: components["schemas"]["Breach"][];
        };
        Breach: {
            /** @description Where, as a JSON Pointer (RFC 6901) into the request, such as `/body/username` or `/query/limit`. */
            path: string;
            /** @description Why. */
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
        /** @description The style. */
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
        /** @description The copy that `If-None-Match` names is still good. */
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
        /** @description `validation_failed`: a query parameter that this operation does not know. */
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
        /** @description `validation_failed`: a parameter breaks this contract, or is one that this operation does not know. */
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
        /** @description `validation_failed`: a member or a parameter breaks this contract · `malformed_body`: not JSON. */
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
        /** @description The request was noted. Where the address has a use for the mail, the mail is on its way. */
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
         * @description `validation_failed`: a member breaks this contract · `malformed_body`: not JSON · `one_time_token_invalid`: the token is unknown,
         *     used, expired, or for something else; or its user is disabled, or has another e-mail address by now.
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
        /** @description `token_missing`: no token was sent · `token_invalid`: forged, of a deleted or disabled user, or of an ended session · `token_expired`: sign in again. */
        TokenRefused: {
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
                    /** @enum {string} */
                    code: "token_missing" | "token_invalid" | "token_expired";
                };
            };
        };
        /** @description `role_required`: the user lacks the role that the operation asks for; `message` names it. */
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
        /** @description `cross_site_request`: a page of another site made the browser send this. */
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
         * @description `validation_failed`: a member breaks this contract · `malformed_body`: not JSON ·
         *     `username_taken`, `email_taken`: in use, also in another case · `weak_password`: easy to guess; `message` says why.
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
        /** @description `role_required`: the user is no admin · `cross_site_request`: a page of another site made the browser send this. */
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
        /** @description `not_found`: there is no such user, or no more. */
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
        /** @description `last_admin`: there is no other enabled admin. */
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
        /** @description `version_conflict`: the user is no longer what `If-Match` names. Read again, and decide again. */
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
        /** @description `method_not_allowed`: the path is known, the method is not; `Allow` lists those that are. */
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
        /** @description `body_too_large`: the body is over 16 KiB. */
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
        /** @description `unsupported_media_type`: the body is of another media type, character set or content coding than this operation takes. */
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
        /** @description `internal_error`: not foreseen; the cause is in the log, under the request id. */
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
        /** @description `unavailable`: the database or the hashing capacity is away, or this service sends no mail; try again after `Retry-After` seconds. */
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
        /** @description The `id` of a user. */
        UserIdInPath: components["schemas"]["UserId"];
        /**
         * @description Make the change only if the user is still what was read: the `ETag` of that answer (RFC 9110, section 13.1.1), or several,
         *     comma-separated; `*` is any user. Without it, the change is made whatever the user is by now.
         */
        IfMatch: string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description The id of this request, taken from the request or made anew. Quote it when you ask for help.
         * @example 7f0c2b1e-9d35-4a53-8b0f-0c6a3a7e9a11
         */
        "X-Request-Id": components["schemas"]["RequestId"];
        /**
         * @description Answers are for their reader alone; no cache keeps them.
         * @example no-store
         */
        NoStore: "no-store";
        /**
         * @description A cache may keep this answer, and asks again before it serves it.
         * @example no-cache
         */
        NoCache: "no-cache";
        /**
         * @description Any cache may keep this answer for five minutes.
         * @example public, max-age=300
         */
        FiveMinutes: "public, max-age=300";
        /**
         * @description The media type is what `Content-Type` says, and nothing else.
         * @example nosniff
         */
        NoSniff: "nosniff";
        /**
         * @description The challenge (RFC 6750, section 3). A token that was sent and refused adds `error="invalid_token"`.
         * @example Bearer
         */
        "WWW-Authenticate": "Bearer" | "Bearer error=\"invalid_token\"";
        /**
         * @description With `transport: cookie`, the access token and the refresh token: `__Host-`, `HttpOnly`, `Secure`, `SameSite=Lax`. Cleared when
         *     the session ends.
         * @example __Host-rolegate-access=eyJhbGciOiJIUzI1NiJ9.e30.c2ln; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=3600
         */
        "Set-Cookie": string;
        /**
         * @description Seconds to wait before the next try.
         * @example 2
         */
        "Retry-After": number;
        /**
         * @description The version of the user (RFC 9110, section 8.8.3), for `If-Match`. Another one after each change of what is shown of them.
         * @example "3"
         */
        ETag: string;
        /**
         * @description Where the user is.
         * @example /api/users/2
         */
        Location: string;
        /**
         * @description The methods that this path knows.
         * @example GET, HEAD, OPTIONS
         */
        Allow: string;
        /**
         * @description The answer depends on what the client accepts.
         * @example Accept
         */
        VaryAccept: string;
        /**
         * @description The docs page.
         * @example /docs
         */
        DocsLocation: "/docs";
        /**
         * @description Changes with the content. Sent back in `If-None-Match`, it is answered with 304 while nothing has changed.
         * @example "n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg"
         */
        ContentETag: string;
        /**
         * @description What the page may load (Content Security Policy, Level 3): scripts, styles and data from this service alone. The two hashes are those
         *     of Redoc's own styles, and `blob:` among the workers is for its search.
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
            /** @description The service is there. */
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
            /** @description Browsers find the docs page there. */
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
            /** @description The node takes requests. */
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
            /** @description The contract, in OpenAPI 3.0.3. */
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
            /** @description `role_required`: a role beyond `user` was asked for. */
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
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["SignInRequest"];
            };
        };
        responses: {
            /** @description The password is right; a session has begun. */
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
             * @description `cross_site_request`: a page of another site made the browser send this, and asked for cookies · `email_not_verified`: the
             *     password is right, but the service is configured to let in only users whose e-mail address is verified.
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
                /** @description The refresh token, where `signIn` was asked for cookies. The body's counts where both are present. */
                "__Host-rolegate-refresh"?: components["schemas"]["RefreshToken"];
            };
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RefreshRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["RefreshRequest"];
            };
        };
        responses: {
            /** @description The new tokens. Those that were sent are used up. */
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
             * @description `refresh_token_invalid`: forged, or its session has ended · `refresh_token_expired`: sign in again ·
             *     `refresh_token_reused`: it was used before; the session has ended.
             */
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
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session has ended. Cookies that held its tokens are cleared. */
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
            400: components["responses"]["InvalidQuery"];
            401: components["responses"]["TokenRefused"];
            403: components["responses"]["CrossSite"];
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
             * @description `validation_failed`: a member breaks this contract · `malformed_body`: not JSON · `one_time_token_invalid`: the link is unknown, used or
             *     too old · `weak_password`: the new password is easy to guess; `message` says why.
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
            /** @description The account is gone. Cookies that held its tokens are cleared. */
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
            /** @description `password_wrong`: this is not the account's password · `cross_site_request`: a page of another site made the browser send this. */
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
            /** @description The new password counts from now on. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["NoStore"];
                    "X-Content-Type-Options": components["headers"]["NoSniff"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `validation_failed`: a member breaks this contract · `malformed_body`: not JSON · `weak_password`: easy to guess; `message` says why. */
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
            /** @description `password_wrong`: this is not the account's password · `cross_site_request`: a page of another site made the browser send this. */
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
            /** @description The other sessions have ended; their tokens are refused from the next request on. */
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
            /** @description The session has ended. Cookies that held its tokens are cleared if it was the current one. */
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
            /** @description `not_found`: the account has no such session, or has it no more. */
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
                /** @description Only events of this kind. */
                type?: components["schemas"]["AuditEventType"];
                /** @description Only what this user did. */
                actorId?: components["schemas"]["UserId"];
                /** @description Only what happened to this user. */
                subjectId?: components["schemas"]["UserId"];
                /** @description Only events from this time on. */
                from?: components["schemas"]["Moment"];
                /** @description Only events before this time. */
                to?: components["schemas"]["Moment"];
                /** @description How many events a page holds at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before, together with that page's other parameters. */
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
                /** @description What the username or the e-mail address begins with, without regard to case. */
                search?: string;
                /** @description Only users who have this role. */
                role?: components["schemas"]["Role"];
                /** @description Only users who are disabled, or only those who are not. */
                disabled?: boolean;
                /** @description How many users a page holds at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before, with the same filters as there. */
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
                 * @description Make the change only if the user is still what was read: the `ETag` of that answer (RFC 9110, section 13.1.1), or several,
                 *     comma-separated; `*` is any user. Without it, the change is made whatever the user is by now.
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
            /** @description The user is gone. */
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
                 * @description Make the change only if the user is still what was read: the `ETag` of that answer (RFC 9110, section 13.1.1), or several,
                 *     comma-separated; `*` is any user. Without it, the change is made whatever the user is by now.
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
            /** @description The user as they are now. */
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
                 * @description Make the change only if the user is still what was read: the `ETag` of that answer (RFC 9110, section 13.1.1), or several,
                 *     comma-separated; `*` is any user. Without it, the change is made whatever the user is by now.
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
            /** @description The user as they are now. */
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
            /** @description The sessions have ended; their tokens are refused from the next request on. */
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
export type SecuredOperationId = 'signOut' | 'getAccount' | 'deleteAccount' | 'changePassword' | 'listSessions' | 'endOtherSessions' | 'endSession' | 'listAuditEvents' | 'listUsers' | 'createUser' | 'getUser' | 'updateUser' | 'deleteUser' | 'setUserRoles' | 'listUserSessions' | 'endUserSessions' | 'listRoles' | 'getUserContent' | 'getModeratorContent' | 'getAdminContent';

// The events and their fields.
import type { ErrorReason, IdentityErrorCode } from './errors.ts'

/**
 * The severity of an event, which says whether the operator must act.
 *
 * - `error`: the operator must act, because the configuration, the network or the store does not work.
 * - `warn`: the operator must act if the events do not stop, because the provider failed or something works only in
 *   part.
 * - `info`: the operator does not have to act, because everything works or a request was wrong.
 *
 * @public
 */
export type EventLevel = 'error' | 'warn' | 'info'

/** A user's identifiers, which are not personal data by themselves. @public */
export interface EventUser {
  /** The user's identifier for this application. */
  readonly sub?: string | undefined
  /** The user's object ID in a Microsoft tenant. */
  readonly oid?: string | undefined
  /** The ID of the user's tenant. */
  readonly tid?: string | undefined
  /** A hash of the ID of the user's session at the provider, so all events about one session have the same hash. */
  readonly sidHash?: string | undefined
  /** The user's personal data. Present only if the option `includePersonalData` is set. */
  readonly personalData?: EventPersonalData | undefined
}

/** The caller of an API. `sub`, `oid` and `tid` belong to the user, or to an application that calls without a user. @public */
export interface EventCaller extends EventUser {
  /** The client ID of the application that sent the access token. */
  readonly callerClientId?: string | undefined
}

/** The place where a request failed. @public */
export interface EventRequest {
  /** The request's path without its query. E-mail addresses are left out, unless `includePersonalData` is set. */
  readonly path?: string | undefined
}

/** A requirement of a route that a user does not meet. @public */
export interface MissingRequirement {
  /** The option of the guard, for example `roles`. */
  readonly option: 'roles' | 'groups' | 'claims'
  /** The required names. Empty if the option is a function. */
  readonly names: readonly string[]
  /** `true` if all names are required, and `false` if one of them is enough. */
  readonly needsAll: boolean
}

/** A user's personal data, for applications that set `includePersonalData`. @public */
export interface EventPersonalData {
  /** The user's name. */
  readonly name?: string | undefined
  /** The name that the user signs in with. */
  readonly username?: string | undefined
  /** The user's e-mail address. */
  readonly email?: string | undefined
  /** The ID token's claims. */
  readonly claims?: Readonly<Record<string, unknown>> | undefined
}

/** The error in an event about a failure. @public */
export interface EventFailure {
  /** The cause in one word: the error's `reason`, or its `code` if it does not have a reason. */
  readonly reason: ErrorReason | IdentityErrorCode
  /** The kind of error. */
  readonly code: IdentityErrorCode
  /** Advice for the operator: which setting to change, and where to find it. */
  readonly hint?: string | undefined
  /** The OAuth error code from the provider, such as `invalid_client`. */
  readonly oauthError?: string | undefined
  /** Microsoft's detail about `oauthError`. */
  readonly suberror?: string | undefined
  /** Microsoft's error codes, such as `AADSTS7000215`. */
  readonly microsoftCodes?: readonly string[] | undefined
  /** The failed request's ID: the provider's, or the one that the error page shows. */
  readonly correlationId?: string | undefined
}

/** The properties that each event type has in addition to {@link EventBase}. @public */
export interface EventDetails {
  /** An option is missing or wrong. */
  'configuration.invalid': { readonly option: string; readonly variable?: string | undefined }
  /** The configuration works, but you should change it. */
  'configuration.warning': object
  /** A user signed in. */
  'sign_in.completed': EventUser & {
    /** The way in which the user signed in. */
    readonly flow: 'code' | 'device-code'
  }
  /** A sign-in failed, so the user saw an error page. */
  'sign_in.failed': EventUser & EventRequest & EventFailure
  /** A sign-in failed in a way that a second attempt can fix, so it was started again. */
  'sign_in.restarted': EventFailure
  /**
   * A link to the login route contained parameters with values that are not allowed, so they were ignored.
   */
  'sign_in.parameters_ignored': { readonly ignored: readonly string[] }
  /** A sign-in could not read the UserInfo endpoint, so it continued with the ID token's claims. */
  'user_info.failed': EventFailure
  /** A signed-in user may not open a page. */
  'access.denied': EventUser &
    EventRequest &
    EventFailure & {
      /** The requirement of the route that the user does not meet. */
      readonly requirement?: MissingRequirement | undefined
    }
  /** A session's tokens were refreshed. */
  'tokens.refreshed': EventUser
  /** A session's tokens could not be refreshed now, but the session continues. */
  'tokens.refresh_failed': EventUser & EventFailure
  /** The user must go to the provider, for example to consent or for multi-factor authentication. */
  'step_up.started': EventUser & EventFailure
  /** A session ended, because it could not be refreshed anymore. */
  'session.ended': EventUser & EventFailure
  /** A stored session cannot be decrypted or read. */
  'session.unreadable': object
  /** A session does not fit into cookies, or could not be stored completely. */
  'session.incomplete': { readonly reason?: string | undefined; readonly hint?: string | undefined }
  /**
   * A session could not be added to its user's list, or such a list cannot be read. These sessions are valid, but
   * `auth.listSessions` does not return them.
   */
  'session.unlisted': EventFailure
  /**
   * Sessions were ended: all of a user's sessions, all that belong to one session at the provider, or one that a user
   * chose.
   */
  'session.revoked': EventUser & {
    /** The kind of value that selected the sessions, for example `sub`, or `handle` for one session. */
    readonly by: string
  }
  /** A user signed out. */
  'sign_out.completed': EventUser & {
    /**
     * The party that ended the session: the user in this application, or the provider after the user signed out
     * elsewhere.
     */
    readonly initiator: 'user' | 'front-channel' | 'back-channel'
  }
  /** A sign-out failed, or ended the session in this application but not at the provider. */
  'sign_out.failed': EventFailure
  /** An API rejected a request because of its token. The caller is only in the event if the token was verified. */
  'bearer.rejected': EventCaller & EventRequest & EventFailure
  /** An API could not get a token on behalf of its caller. */
  'on_behalf_of.failed': EventCaller &
    EventFailure & {
      /** The scopes of the other API that were requested. */
      readonly scopes: readonly string[]
    }
  /** A request from another site was rejected. */
  'request.rejected': EventRequest & EventFailure
  /** A guarded request failed because of the configuration, the provider or the store. */
  'request.failed': EventUser & EventRequest & EventFailure
  /** A request could not be forwarded to an API, or the API's response could not be forwarded to the browser. */
  'forward.failed': {
    /** The path of `auth.forward(path)`. */
    readonly path: string
    /** The cause in one word, such as `upstream_timeout`. */
    readonly reason: string
    /** The status of the response. */
    readonly status: number
    /** Advice for the operator. */
    readonly hint?: string | undefined
  }
  /**
   * A request to the session store, or to the store for long-running processes, failed. If the level is `warn`, a
   * request to the store for shared tokens failed.
   */
  'store.unavailable': EventFailure
  /**
   * The session store or the deny-list lost its data. If it was the store, the sessions are gone. If it was the
   * deny-list, sessions in cookies that started earlier are rejected, because the information that they ended may be
   * lost.
   */
  'store.data_lost': {
    /** The option that contains the store. */
    readonly option: 'session.store' | 'session.denyList'
    /** Advice for the operator. */
    readonly hint?: string | undefined
  }
  /** The store for sessions, long-running processes or shared tokens responds again. */
  'store.available': object
  /** A long-running process cannot be decrypted, so its job cannot continue. */
  'process.unreadable': EventFailure
  /** A value in the store for shared tokens was not used, so this process requested a token itself. */
  'token_cache.rejected': {
    /**
     * The cause: the value cannot be decrypted, it is older than a token that this process knows, or it comes from a
     * server whose clock is ahead.
     */
    readonly reason: 'unreadable' | 'replaced' | 'from_future'
    /** Advice for the operator. */
    readonly hint: string
  }
  /** The client credential cannot be loaded. */
  'credential.failed': EventFailure
  /**
   * A certificate, or a client secret whose date is configured, expires within 30 days or has already expired. An
   * expired credential is an error. The event is sent at start, and once a day while tokens are requested.
   */
  'credential.expiring': {
    /** The option or the variable that contains the credential, such as `clientCredential[1]` or `IDENTITY_CLIENT_SECRET`. */
    readonly option: string
    /** The certificate's SHA-1 thumbprint, as the Entra admin center shows it. `undefined` for a secret. */
    readonly thumbprint?: string | undefined
    /** The time at which the credential expires, in ISO 8601 and UTC. */
    readonly expiresAt: string
    /** Advice for the operator. */
    readonly hint: string
  }
  /** One of your functions failed, for example `onLogout`. */
  'hook.failed': {
    /** The option that contains the function. */
    readonly hook: string
    /** The class of the error. */
    readonly reason: string
  }
}

/** An event's type. @public */
export type EventType = keyof EventDetails

/** The properties that every event has. @public */
export interface EventBase<Type extends EventType = EventType> {
  /** The type of event. Your code can use it for decisions. */
  readonly type: Type
  /** The severity. */
  readonly level: EventLevel
  /** The time of the event, in ISO 8601 and UTC. */
  readonly time: string
  /** One or more sentences for people, which can change in every version. */
  readonly message: string
  /** The application's client ID. */
  readonly clientId: string
  /** The name of the issuer that the event concerns, if an API has the option `issuers`. */
  readonly issuer?: string | undefined
  /** The duration of the operation, in milliseconds. */
  readonly durationMs?: number | undefined
}

/**
 * An event that an operator may want to know about. It never contains a token, a secret, a code or a cookie.
 *
 * @example
 * ```ts
 * const auth = new Auth(app, {
 *   onEvent(event) {
 *     if (event.type === 'sign_in.failed') metrics.count('sign_in_failed', { reason: event.reason })
 *   },
 * })
 * ```
 * @public
 */
export type IdentityEvent = {
  [Type in EventType]: EventBase<Type> & EventDetails[Type]
}[EventType]

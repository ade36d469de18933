// The options of sessions and their cookie.
import type { SessionStore } from '../store.ts'
import { A_BOOLEAN, A_DURATION, A_STRING, SESSION_STORE, oneOf } from './checks.ts'
import { group, type RowsOf } from './rows.ts'

/** Decides how sessions are stored and encrypted, and when they expire. @public */
export interface SessionOptions {
  /**
   * The secret that encrypts cookies and stored sessions. It must have at least 32 characters, so use the output of
   * `openssl rand -base64 32`. To replace the secret without signing users out, pass an array: the first secret
   * encrypts new values, and every secret in the array can decrypt values.
   *
   * @defaultValue `IDENTITY_SESSION_SECRET`. In development, a random secret that is lost when the process ends.
   * @example
   * ```ts
   * const { SESSION_SECRET, OLD_SESSION_SECRET } = process.env
   * const auth = new Auth(app, { session: { secret: [SESSION_SECRET, OLD_SESSION_SECRET] } })
   * ```
   */
  readonly secret?: string | readonly (string | undefined)[] | undefined
  /**
   * A store for sessions, which all servers of the application share. The cookie then contains only a random ID.
   *
   * Use `redisStore()` from `identity-web/redis` for Redis, `durableObjectStore()` from `identity-web/durable-object`
   * on Cloudflare Workers, and `fromExpressStore()` for an express-session store. A `Keyv` works unchanged, but version
   * 5 needs `throwOnErrors: true`.
   *
   * @defaultValue not set: sessions are in encrypted cookies
   * @example
   * ```ts
   * import { redisStore } from 'identity-web/redis'
   *
   * const auth = new Auth(app, { session: { store: redisStore(redis) } })
   * ```
   */
  readonly store?: SessionStore | undefined
  /**
   * A small store that lists ended sessions, for applications with sessions in cookies. Every request reads this store.
   * If the store loses its data, all sessions that started before the loss are rejected, because the store may have
   * lost their sign-outs.
   *
   * With a deny-list, a sign-out also ends copies of the cookie, and back-channel logout, front-channel logout and
   * `revokeSessions` work.
   *
   * @defaultValue not set: a copy of a cookie stays valid until it expires
   * @example
   * ```ts
   * import { redisStore } from 'identity-web/redis'
   *
   * const auth = new Auth(app, { session: { denyList: redisStore(redis) } })
   * ```
   */
  readonly denyList?: SessionStore | undefined
  /**
   * The maximum time in seconds that a request waits for a response from the store. If the store is slower, the request
   * fails with status 503.
   *
   * @defaultValue `1`
   * @example new Auth(app, { session: { storeTimeoutSeconds: 3 } })
   */
  readonly storeTimeoutSeconds?: number | undefined
  /**
   * The cookie's name and attributes.
   *
   * @defaultValue each field's default
   * @example new Auth(app, { session: { cookie: { name: 'shop', domain: 'contoso.com' } } })
   */
  readonly cookie?: SessionCookieOptions | undefined
  /**
   * The time without a request after which a session ends, in seconds. If you increase it later, sessions that have
   * already ended do not continue.
   *
   * @defaultValue `86400`, a day
   * @example new Auth(app, { session: { idleTimeoutSeconds: 8 * 3600 } })
   */
  readonly idleTimeoutSeconds?: number | undefined
  /**
   * The maximum age of a session, in seconds. The session ends at this age, even if the user is active.
   *
   * @defaultValue `604800`, a week
   * @example new Auth(app, { session: { absoluteTimeoutSeconds: 30 * 86400 } })
   */
  readonly absoluteTimeoutSeconds?: number | undefined
}

/**
 * The session cookie's attributes. `redirectUri` decides whether the cookie is `Secure` and has the prefix `__Host-`.
 * @public
 */
export interface SessionCookieOptions {
  /**
   * The cookie's name. Set different names if several `Auth` objects use the same host. After a change, users sign
   * in again.
   *
   * @defaultValue `'identity'`. On localhost, `identity-` and the port of `redirectUri`, because browsers share the cookies
   *   of localhost between all ports.
   * @example new Auth(app, { session: { cookie: { name: 'shop' } } })
   */
  readonly name?: string | undefined
  /**
   * The domain whose subdomains share the session, if they also have the same secret, client ID and cookie name.
   * Without this option, a session is valid only at the origin of `redirectUri`. With it, every application on these
   * subdomains can also replace the session cookie.
   *
   * @defaultValue not set: this host only
   * @example new Auth(app, { session: { cookie: { domain: 'contoso.com' } } })
   */
  readonly domain?: string | undefined
  /**
   * The `SameSite` attribute. Use `'none'` if your application runs in an iframe on another site.
   *
   * With `'strict'`, browsers do not send the cookie when another site opens your page. The callback and guarded pages
   * then respond with a small page, which opens the requested page again with the cookie. However, a page without a
   * guard shows such a visitor as signed out until the next request.
   *
   * @defaultValue `'lax'`
   * @example new Auth(app, { session: { cookie: { sameSite: 'strict' } } })
   */
  readonly sameSite?: 'strict' | 'lax' | 'none' | undefined
  /**
   * With `true`, browsers keep a separate session for each site whose iframes contain your application (CHIPS). Set
   * `true`, together with `sameSite: 'none'`, if your application runs in an iframe on another site, because browsers
   * block other cookies there.
   *
   * This option also applies to the sign-in cookies.
   *
   * @defaultValue `false`
   * @example new Auth(app, { session: { cookie: { sameSite: 'none', partitioned: true } } })
   * @see {@link https://developer.mozilla.org/docs/Web/Privacy/Guides/Privacy_sandbox/Partitioned_cookies | CHIPS}
   */
  readonly partitioned?: boolean | undefined
  /**
   * The prefix of the cookie's name on https. With `'__Host-Http-'`, browsers reject the cookie if a script sets it
   * (Chrome and Edge since version 140, Firefox since version 143). Other browsers apply the rules for `'__Host-'`. On
   * `http://localhost` and without a redirect URI, the name does not have a prefix.
   *
   * If you change the prefix, the guards sign your users in again, which most users do not notice because they are
   * still signed in at the provider.
   *
   * @defaultValue `'__Host-'`. With `domain`, `'__Secure-'`
   * @example new Auth(app, { session: { cookie: { prefix: '__Host-Http-' } } })
   * @see {@link https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Set-Cookie#cookie_prefixes | Cookie prefixes}
   */
  readonly prefix?: '__Host-' | '__Host-Http-' | undefined
  /**
   * With `true`, the browser deletes the cookie when the user closes the browser, but a browser that restores the last
   * tabs also restores the cookie. The session still ends after `idleTimeoutSeconds` and `absoluteTimeoutSeconds`.
   *
   * @defaultValue `false`
   * @example new Auth(app, { session: { cookie: { transient: true } } })
   */
  readonly transient?: boolean | undefined
}

const COOKIE_ROWS: RowsOf<SessionCookieOptions> = {
  name: {
    example: "'identity'",
    check: (value) =>
      typeof value === 'string' && /^[\w-]+$/.test(value)
        ? undefined
        : 'may contain only letters, digits, - and _',
  },
  domain: { example: "'contoso.com'", check: A_STRING },
  sameSite: { example: "'lax'", check: oneOf('strict', 'lax', 'none') },
  partitioned: { example: 'true', check: A_BOOLEAN },
  prefix: { example: "'__Host-Http-'", check: oneOf('__Host-', '__Host-Http-') },
  transient: { example: 'true', check: A_BOOLEAN },
}

export const SESSION_ROWS: RowsOf<SessionOptions> = {
  secret: {
    variable: 'IDENTITY_SESSION_SECRET',
    example: 'the output of `openssl rand -base64 32`',
    words: 'the output of `openssl rand -base64 32`',
    check: 'resolver',
  },
  store: { example: 'redisStore(client)', check: SESSION_STORE },
  denyList: { example: 'redisStore(client)', restricts: true, check: SESSION_STORE },
  storeTimeoutSeconds: { example: '1', check: A_DURATION },
  cookie: group("{ name: 'identity' }", COOKIE_ROWS),
  idleTimeoutSeconds: { example: '86400', check: A_DURATION },
  absoluteTimeoutSeconds: { example: '604800', check: A_DURATION },
}

import type { IdentityError } from '../../errors.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import { failureOf, type EventEmitter } from '../../event-emitter.ts'
import {
  type AddToLists,
  createCookieStrategy,
  createLatestUsers,
  createRevocations,
  createSessionEnds,
  createStoreStrategy,
  withLatestUsers,
  type CookieAttributes,
  type GuardedClaims,
  type LeftOut,
  type LatestUsers,
  type Lifetimes,
  type Revocations,
  type SessionEnds,
  type SessionListOptions,
  type SessionStrategy,
} from '../../session/index.ts'
import type { ResolvedOptions } from '../../options/resolve-auth.ts'
import { createReliableStore } from '../../reliable-store.ts'
import type { Platform, PlatformUser } from '../../seams/platform.ts'
import type { StrictMarkers } from '../../options/resolve-cookie.ts'
import { createLatestTokens, type Provider } from './provider.ts'
import { createUnreadableCookies, type UnreadableCookies } from './unreadable-cookie.ts'

/** The options that sessions need. */
type SessionSettings = Pick<
  ResolvedOptions<any>,
  | 'site'
  | 'session'
  | 'timeoutSeconds'
  | 'cacheEntries'
  | 'scopes'
  | 'onLogin'
  | 'onRefresh'
  | 'revalidateUserSeconds'
>

/** The values that sessions use in addition to the options. */
export interface SessionNeeds {
  readonly provider: Provider
  readonly events: EventEmitter
  /** Returns the Unix time in seconds. */
  readonly now: () => number
  /** Loads the code of lists, because guards do not need it. */
  readonly loadRoutes: () => MaybePromise<{ readonly addToLists: AddToLists }>
  /** Calls `onLogin` for a user whom a platform signed in. */
  readonly callOnLogin: (
    claims: PlatformUser['claims'],
    user: Pick<PlatformUser, 'tokens' | 'request'>,
  ) => Promise<unknown>
}

/** The settings of an application with `SameSite=Strict` cookies. */
export interface StrictCookies {
  readonly markers: StrictMarkers
  /** The attributes of the session cookie. */
  readonly attributes: CookieAttributes
}

/** The sessions of an application, and what ends them. */
export interface Sessions extends SessionStrategy {
  readonly lifetimes: Lifetimes
  /** The claims that guards read. A session that is too large for its cookies keeps these claims. */
  readonly guardedClaims: GuardedClaims
  readonly unreadableCookies: UnreadableCookies
  /** The settings for `SameSite=Strict`. Not set if the session cookie has another value of `SameSite`. */
  readonly strictCookies: StrictCookies | undefined
  /** The revocation markers. Not set if a store or a deny-list is not configured. */
  readonly revocations?: Revocations | undefined
  /** Informs connections about sessions that end in this process. */
  readonly ends: SessionEnds
  /** Reads from the store, if there is one. @throws IdentityError `store_unavailable` */
  readonly checkStore: () => MaybePromise<unknown>
  readonly latestUsers: LatestUsers
  /** The options of the lists of the sessions that users have. Not set if sessions are not in a store. */
  readonly lists?: SessionListOptions | undefined
}

/** The parts that depend on where sessions are stored. */
type Stored = Pick<Sessions, 'revocations' | 'checkStore' | 'lists'> & {
  readonly strategy: SessionStrategy
}

const LOST_DENY_LIST = {
  option: 'session.denyList',
  message:
    'The deny-list lost its data, so it does not know anymore which sessions ended. All users who signed in before must sign in again.',
} as const
const LOST_STORE = {
  option: 'session.store',
  message: 'The session store lost its data, so all users must sign in again.',
} as const
const KEEP_DATA =
  'The store must keep its data. In Redis, set appendonly yes and maxmemory-policy noeviction, and do not use FLUSHALL or FLUSHDB. If several applications share a Redis server, set another prefix in each of them: redisStore(client, { prefix }).'
const UNLISTED = 'Sessions are valid, but auth.listSessions does not return them.'
/** The words about the store in errors. */
export const SESSION_STORE = {
  name: 'session store',
  hint: 'Check that the store of Auth({ session: { store } }) or Auth({ session: { denyList } }) is running, and that this server can reach it.',
  timeoutHint:
    'Check that the store is running and that this server can reach it. By default, a Redis client without a connection waits. To get an error at once, set disableOfflineQueue: true (node-redis) or enableOfflineQueue: false (ioredis). To wait longer for the store, set Auth({ session: { storeTimeoutSeconds } }).',
}

/**
 * Creates sessions in the configured store, or in cookies. Sessions of another provider or client cannot be decrypted, and
 * its revocations do not affect these sessions.
 */
export function createSessions(settings: SessionSettings, needs: SessionNeeds): Sessions {
  const { signIn } = settings.site
  const { lifetimes, strictMarkers, attributes } = settings.session
  const isOwn = signIn.kind !== 'platform'
  const ends = createSessionEnds()
  const guardedClaims: GuardedClaims = { names: new Set(), hasFunction: false }
  const { strategy, ...stored } = isOwn
    ? createStrategy(settings, needs, { ends, guardedClaims })
    : createPlatformSessions(signIn.platform, settings, { ...needs, ends })
  const latestUsers = createLatestUsers(needs.now)
  const sessions = isOwn ? withLatestUsers(strategy, latestUsers) : strategy
  return {
    ...sessions,
    ...stored,
    ends,
    guardedClaims,
    latestUsers,
    // Only the platform knows how long its sessions last.
    lifetimes: isOwn ? lifetimes : UNLIMITED,
    unreadableCookies: createUnreadableCookies(sessions, needs.events),
    strictCookies: isOwn && strictMarkers ? { markers: strictMarkers, attributes } : undefined,
  }
}

const UNLIMITED: Lifetimes = { idle: Infinity, absolute: Infinity }
/** The parts of sessions without a store. */
const UNSTORED = { checkStore: () => undefined }

/** Creates the sessions of an application behind a platform's sign-in. They have no store, and cannot be revoked. */
function createPlatformSessions(
  platform: Platform,
  { scopes, cacheEntries, onLogin, onRefresh, revalidateUserSeconds: userSeconds }: SessionSettings,
  { provider: { client }, events, callOnLogin, ends }: SessionNeeds & Pick<Sessions, 'ends'>,
): Stored {
  const strategy = platform.createSessions({
    client,
    events,
    scopes,
    cacheEntries,
    userSeconds,
    hasOnRefresh: onRefresh !== undefined,
    onLogin: onLogin && (({ claims, ...user }) => callOnLogin(claims, user)),
    onEnd: ends.announce,
  })
  return { strategy, ...UNSTORED }
}

function createStrategy(
  { session, cacheEntries, timeoutSeconds }: SessionSettings,
  { provider, events, now, loadRoutes }: SessionNeeds,
  { ends, guardedClaims }: Pick<Sessions, 'ends' | 'guardedClaims'>,
): Stored {
  const { owner } = provider
  const { secrets, cookieName: name, attributes, lifetimes } = session
  const onEnd = ends.announce
  const cookie = {
    secrets,
    // Applications of one client at several origins have different sessions, but a revocation ends all of them.
    owner: provider.purposes.session,
    name,
    attributes,
    lifetimes,
    cacheEntries,
    now,
    onEnd,
  }
  const given = session.store ?? session.denyList
  const onLeftOut = createLeftOutLog(events)
  const latestTokens = createLatestTokens(provider)
  const inCookies = { ...cookie, latestTokens, guardedClaims, onLeftOut }
  if (given === undefined)
    return {
      strategy: createCookieStrategy(inCookies),
      ...UNSTORED,
    }

  const onFailure = (error: IdentityError): void =>
    events.emit('store.unavailable', {
      level: 'error',
      ...failureOf(error),
      message: `The session store is down. ${error.message} Until the store responds again, requests with a session get status 503.`,
    })
  const limits = { words: SESSION_STORE, timeoutSeconds: session.storeTimeoutSeconds }
  const store = createReliableStore(given, { ...limits, events, onFailure })
  const checkStore = (): MaybePromise<unknown> => store.getMany(['ready'])
  const isDenyList = session.store === undefined
  const onDataLoss = (): void =>
    events.emit('store.data_lost', {
      level: 'error',
      ...(isDenyList ? LOST_DENY_LIST : LOST_STORE),
      hint: KEEP_DATA,
    })
  const revocations = createRevocations(store, {
    owner,
    lifetimes,
    now,
    onEnd,
    isDenyList,
    onDataLoss,
  })
  if (isDenyList) {
    return {
      strategy: createCookieStrategy({ ...inCookies, revocations }),
      revocations,
      checkStore,
    }
  }
  const inStore = {
    ...cookie,
    store,
    revocations,
    onCorrupt: () =>
      events.emit('session.unreadable', {
        level: 'warn',
        message:
          'A session in the store cannot be decrypted or read, so it is ignored, and its user must sign in again. Use the same session.secret (IDENTITY_SESSION_SECRET) on all servers. To replace the secret, keep the old one in the list: Auth({ session: { secret: [new, old] } }).',
      }),
  }
  const lists: SessionListOptions = {
    ...inStore,
    listStore: createReliableStore(given, { ...limits, maxFailures: 1 }),
    onUnlisted: (error) =>
      events.emit('session.unlisted', {
        level: 'warn',
        ...failureOf(error),
        message: `${UNLISTED} ${error.message}`,
      }),
  }
  const strategy = createStoreStrategy({
    ...inStore,
    // The time of the provider, and the time of the store before and after it.
    refreshSeconds: timeoutSeconds + 2 * session.storeTimeoutSeconds,
    onStart: async (key, started) => (await loadRoutes()).addToLists(lists, key, started),
  })
  return { strategy, revocations, checkStore, lists }
}

/**
 * Reports that sessions are stored without some of their parts, once for each combination of parts, because the cause
 * does not change.
 */
function createLeftOutLog(events: EventEmitter): (leftOut: LeftOut) => void {
  const reported = new Set<string>()
  return ({ parts, cause }) => {
    const names = parts.join(' and ')
    if (reported.has(names)) return
    reported.add(names)
    events.emit('session.incomplete', {
      level: 'warn',
      message: `A session was stored without ${names}, because its cookies do not have enough space. ${cause.message} Later cases are not reported.`,
      reason: cause.code,
      hint: cause.hint,
    })
  }
}

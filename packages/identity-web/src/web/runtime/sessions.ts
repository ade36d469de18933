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
  type GuardedClaims,
  type LatestTokens,
  type LeftOut,
  type LatestUsers,
  type Revocations,
  type SessionEnds,
  type SessionListOptions,
  type SessionStrategy,
} from '../../session/index.ts'
import type { ResolvedOptions } from '../../options/resolve-auth.ts'
import { createReliableStore } from '../../reliable-store.ts'
import type { Platform, PlatformNeeds } from '../../seams/platform.ts'
import type { TokenClients } from './clients.ts'

/** The options that sessions need. */
export type SessionSettings = Pick<
  ResolvedOptions<unknown>,
  'site' | 'session' | 'timeoutSeconds' | 'cacheEntries'
> & {
  readonly events: EventEmitter
  readonly latestTokens: LatestTokens
  readonly guardedClaims: GuardedClaims
  /** Loads the code of lists, because guards do not need it. */
  readonly loadRoutes: () => MaybePromise<{ readonly addToLists: AddToLists }>
}

/** The sessions of an application, and the markers of revoked sessions. */
export interface Sessions {
  readonly sessions: SessionStrategy
  /** The revocation markers. Not set if a store or a deny-list is not configured. */
  readonly revocations: Revocations | undefined
  /** Informs connections about sessions that end in this process. */
  readonly sessionEnds: SessionEnds
  /** Reads from the store, if there is one. @throws IdentityError `store_unavailable` */
  readonly checkStore: () => MaybePromise<unknown>
  readonly latestUsers: LatestUsers
  /** The options of the lists of the sessions that users have. Not set if sessions are not in a store. */
  readonly sessionLists?: SessionListOptions | undefined
}

type Kept = Omit<Sessions, 'latestUsers'>

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
  'Configure the store so that it keeps its data. In Redis, set appendonly yes and maxmemory-policy noeviction, and do not use FLUSHALL or FLUSHDB. If several applications share a Redis server, set another prefix in each of them: redisStore(client, { prefix }).'
const UNLISTED = 'Sessions are valid, but auth.listSessions does not return them.'
/** The words about the store in errors. */
export const SESSION_STORE = {
  name: 'session store',
  hint: 'Check that the store of Auth({ session: { store } }) or Auth({ session: { denyList } }) is running, and that this server can reach it.',
  timeoutHint:
    'Check that the store is running and that this server can reach it. By default, a Redis client without a connection waits. To get an error at once, set disableOfflineQueue: true (node-redis) or enableOfflineQueue: false (ioredis). To wait longer for the store, set Auth({ session: { storeTimeoutSeconds } }).',
}

/**
 * Creates sessions in the configured store, or in cookies.
 *
 * @param owner - The client and its provider. Sessions of another owner cannot be decrypted, and its revocations do not
 *   affect these sessions.
 */
export function createSessions(
  settings: SessionSettings,
  owner: string,
  now: () => number,
): Sessions {
  const { sessions, ...kept } = createStrategy(settings, owner, now)
  const latestUsers = createLatestUsers(now)
  return { ...kept, sessions: withLatestUsers(sessions, latestUsers), latestUsers }
}

function createStrategy(settings: SessionSettings, owner: string, now: () => number): Kept {
  const { site, session, cacheEntries, events, latestTokens, guardedClaims } = settings
  const { timeoutSeconds, loadRoutes } = settings
  const { secrets, cookieName: name, attributes, lifetimes } = session
  const sessionEnds = createSessionEnds()
  const onEnd = sessionEnds.announce
  // Applications of one client at several origins have different sessions, but a revocation ends all of them.
  const sealedFor = `${owner} ${session.sealedFor ?? site.signIn.kind}`
  const cookie = {
    secrets,
    owner: sealedFor,
    name,
    attributes,
    lifetimes,
    cacheEntries,
    now,
    onEnd,
  }
  const given = session.store ?? session.denyList
  const onLeftOut = createLeftOutLog(events)
  const inCookies = { ...cookie, latestTokens, guardedClaims, onLeftOut }
  if (given === undefined)
    return {
      sessions: createCookieStrategy(inCookies),
      revocations: undefined,
      sessionEnds,
      checkStore: () => undefined,
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
    const sessions = createCookieStrategy({ ...inCookies, revocations })
    return { sessions, revocations, checkStore, sessionEnds }
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
  const sessionLists: SessionListOptions = {
    ...inStore,
    listStore: createReliableStore(given, { ...limits, maxFailures: 1 }),
    onUnlisted: (error) =>
      events.emit('session.unlisted', {
        level: 'warn',
        ...failureOf(error),
        message: `${UNLISTED} ${error.message}`,
      }),
  }
  const sessions = createStoreStrategy({
    ...inStore,
    // The time of the provider, and the time of the store before and after it.
    refreshSeconds: timeoutSeconds + 2 * session.storeTimeoutSeconds,
    onStart: async (key, started) => (await loadRoutes()).addToLists(sessionLists, key, started),
  })
  return { sessions, revocations, checkStore, sessionEnds, sessionLists }
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

/**
 * Creates the sessions of an application behind a platform's sign-in. They have no store, and cannot be revoked.
 *
 * @param now - Returns the Unix time in seconds.
 */
export function createPlatformSessions(
  platform: Platform,
  needs: Omit<PlatformNeeds, 'onEnd'>,
  now: () => number,
): Sessions {
  const sessionEnds = createSessionEnds()
  return {
    sessions: platform.createSessions({ ...needs, onEnd: sessionEnds.announce }),
    revocations: undefined,
    sessionEnds,
    checkStore: () => undefined,
    latestUsers: createLatestUsers(now),
  }
}

/** Returns the clients of an application behind a platform, from which the users get their tokens. */
export function withPlatform(platform: Platform, clients: TokenClients): TokenClients {
  const { client, userTokens } = clients.main
  return { ...clients, main: { client, userTokens: platform.createUserTokens(client, userTokens) } }
}

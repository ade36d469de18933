import type { IdentityError } from '../../errors.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import { failureOf, type EventEmitter } from '../../event-emitter.ts'
import {
  createCookieStrategy,
  createLatestUsers,
  createRevocations,
  createSessionEnds,
  createReliableStore,
  createStoreStrategy,
  withLatestUsers,
  type LatestUsers,
  type Revocations,
  type SessionEnds,
  type SessionStrategy,
  type StoreChange,
} from '../../session/index.ts'
import type { ResolvedOptions } from '../options/resolve-options.ts'

/** The options that sessions need. */
export type SessionSettings = Pick<ResolvedOptions<unknown>, 'session' | 'timeoutSeconds'> & {
  readonly events: EventEmitter
}

/** The sessions of an application, and the records of those that were revoked. */
export interface Sessions {
  readonly sessions: SessionStrategy
  /** Not set if no store is configured. */
  readonly revocations: Revocations | undefined
  /** Tells connections that their session ended in this process. */
  readonly sessionEnds: SessionEnds
  /** Reads from the store, if there is one. @throws IdentityError `store_unavailable` */
  readonly checkStore: () => MaybePromise<unknown>
  readonly latestUsers: LatestUsers
}

type Kept = Omit<Sessions, 'latestUsers'>

const STORE_RESPONDS = 'The session store responds again.'

/**
 * Creates sessions in the configured store, or in cookies.
 *
 * @param owner - The client and its provider. Sessions of another owner cannot be decrypted.
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

function createStrategy(
  { session, events, timeoutSeconds }: SessionSettings,
  owner: string,
  now: () => number,
): Kept {
  const { secrets, cookieName: name, attributes, lifetimes, storeTimeoutSeconds } = session
  const sessionEnds = createSessionEnds()
  const onEnd = sessionEnds.announce
  const cookie = { secrets, owner, name, attributes, lifetimes, now, onEnd }
  const given = session.store ?? session.denyList
  if (given === undefined)
    return {
      sessions: createCookieStrategy(cookie),
      revocations: undefined,
      sessionEnds,
      checkStore: () => undefined,
    }

  const onFailure = (error: IdentityError): void => {
    const { message, ...failure } = failureOf(error)
    events.emit('store.unavailable', {
      level: 'error',
      ...failure,
      message: `The session store is down. ${message} Requests with a session get status 503 until it responds again.`,
    })
  }
  const onChange = ({ isDown }: StoreChange): void => {
    if (!isDown) events.emit('store.available', { level: 'info', message: STORE_RESPONDS })
  }
  const store = createReliableStore(given, {
    timeoutSeconds: storeTimeoutSeconds,
    onChange,
    onFailure,
  })
  const checkStore = (): MaybePromise<unknown> => store.getMany(['ready'])
  const revocations = createRevocations(store, { owner, lifetimes, now, onEnd })
  if (session.store === undefined) {
    const sessions = createCookieStrategy({ ...cookie, revocations })
    return { sessions, revocations, checkStore, sessionEnds }
  }
  const sessions = createStoreStrategy({
    ...cookie,
    store,
    revocations,
    // The time of the provider, and the time of the store before and after it.
    refreshSeconds: timeoutSeconds + 2 * storeTimeoutSeconds,
    onCorrupt: () =>
      events.emit('session.unreadable', {
        level: 'warn',
        message: 'A session in the store cannot be decrypted or read, so it is ignored.',
      }),
  })
  return { sessions, revocations, checkStore, sessionEnds }
}

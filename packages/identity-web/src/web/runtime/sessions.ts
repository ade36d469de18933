import {
  createCookieStrategy,
  createLogouts,
  createReliableStore,
  createStoreStrategy,
  type Logouts,
  type SessionStrategy,
  type StoreChange,
} from '../../session/index.ts'
import type { ResolvedOptions } from '../options/resolve-options.ts'

/** The options that sessions need. */
export type SessionSettings = Pick<ResolvedOptions<unknown>, 'session' | 'logger' | 'timeout'>

/** The sessions of an application, and the records of those that were revoked. */
export interface Sessions {
  readonly sessions: SessionStrategy
  /** Absent without a store. */
  readonly logouts: Logouts | undefined
}

/**
 * Creates sessions in the configured store, or in cookies.
 *
 * @param owner - Client and provider. Sessions of another owner never open.
 */
export function createSessions(
  { session, logger, timeout }: SessionSettings,
  owner: string,
  now: () => number,
): Sessions {
  const { secrets, cookieName: name, attributes, lifetimes, storeTimeout } = session
  const cookie = { secrets, owner, name, attributes, lifetimes, now }
  const given = session.store ?? session.denyList
  if (given === undefined) return { sessions: createCookieStrategy(cookie), logouts: undefined }

  const onChange = ({ isDown, cause }: StoreChange): void => {
    const reason = cause instanceof Error ? cause.message : undefined
    if (isDown) logger.error?.('The session store is down. Sessions are answered 503.', { reason })
    else logger.info?.('The session store is back.')
  }
  const store = createReliableStore(given, { timeout: storeTimeout, onChange })
  const logouts = createLogouts(store, { owner, lifetimes, now })
  if (session.store === undefined) {
    return { sessions: createCookieStrategy({ ...cookie, logouts }), logouts }
  }
  const sessions = createStoreStrategy({
    ...cookie,
    store,
    logouts,
    // The time of the provider, and the time of the store before and after it.
    refreshSeconds: timeout + 2 * storeTimeout,
    onCorrupt: (key) =>
      logger.warn?.('A session in the store can’t be read and counts as none.', { key }),
  })
  return { sessions, logouts }
}

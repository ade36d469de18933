import {
  createCookieStrategy,
  createRevocations,
  createSessionEnds,
  createReliableStore,
  createStoreStrategy,
  type Revocations,
  type SessionEnds,
  type SessionStrategy,
  type StoreChange,
} from '../../session/index.ts'
import type { ResolvedOptions } from '../options/resolve-options.ts'

/** The options that sessions need. */
export type SessionSettings = Pick<
  ResolvedOptions<unknown>,
  'session' | 'logger' | 'timeoutSeconds'
>

/** The sessions of an application, and the records of those that were revoked. */
export interface Sessions {
  readonly sessions: SessionStrategy
  /** Not set if no store is configured. */
  readonly revocations: Revocations | undefined
  /** Tells connections that their session ended in this process. */
  readonly sessionEnds: SessionEnds
}

/**
 * Creates sessions in the configured store, or in cookies.
 *
 * @param owner - The client and its provider. Sessions of another owner cannot be decrypted.
 */
export function createSessions(
  { session, logger, timeoutSeconds }: SessionSettings,
  owner: string,
  now: () => number,
): Sessions {
  const { secrets, cookieName: name, attributes, lifetimes, storeTimeoutSeconds } = session
  const sessionEnds = createSessionEnds()
  const onEnd = sessionEnds.announce
  const cookie = { secrets, owner, name, attributes, lifetimes, now, onEnd }
  const given = session.store ?? session.denyList
  if (given === undefined) {
    return { sessions: createCookieStrategy(cookie), revocations: undefined, sessionEnds }
  }

  const onChange = ({ isDown, cause }: StoreChange): void => {
    const reason = cause instanceof Error ? cause.message : undefined
    if (isDown)
      logger.error?.(
        'The session store is down. Requests with a session get status 503 until it responds again.',
        { reason },
      )
    else logger.info?.('The session store responds again.')
  }
  const store = createReliableStore(given, { timeoutSeconds: storeTimeoutSeconds, onChange })
  const revocations = createRevocations(store, { owner, lifetimes, now, onEnd })
  if (session.store === undefined) {
    const sessions = createCookieStrategy({ ...cookie, revocations })
    return { sessions, revocations, sessionEnds }
  }
  const sessions = createStoreStrategy({
    ...cookie,
    store,
    revocations,
    // The time of the provider, and the time of the store before and after it.
    refreshSeconds: timeoutSeconds + 2 * storeTimeoutSeconds,
    onCorrupt: (key) =>
      logger.warn?.('A session in the store cannot be decrypted or read, so it is ignored.', {
        key,
      }),
  })
  return { sessions, revocations, sessionEnds }
}

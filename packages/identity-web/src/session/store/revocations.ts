// Revokes sessions by markers in a store or a deny-list.
import { ownMembers } from '../../own.ts'
import { random, sha256 } from '../../base64.ts'
import { andThen, type MaybePromise } from '../../maybe-promise.ts'
import { NO_SUBJECT } from '../../tokens.ts'
import type { Lifetimes, Session } from '../session.ts'
import type { ReliableStore } from '../../reliable-store.ts'
import { createStoreData } from './store-data.ts'

/** Selects sessions by a claim, or by the `id` of the user that `onLogin` returned. */
export interface SessionSelector {
  readonly kind: 'sub' | 'sid' | 'oid' | 'tid' | 'user'
  readonly value: string
}

/** Selects the sessions that ended: one session by its ID, or the sessions of a {@link SessionSelector}. */
export type EndedSessions = SessionSelector | { readonly kind: 'id'; readonly value: string }

export function selectsSession({ kind, value }: EndedSessions, session: Session): boolean {
  return kind === 'id'
    ? session.id === value
    : selectorsOf(session).some(([name, own]) => name === kind && own === value)
}

/**
 * Revokes sessions before they expire: at sign-out, or when the provider or the application requests it.
 *
 * To revoke sessions, a server writes a revocation marker to the store. Its key is the ID of one session, a user, a
 * tenant or a session at the provider. Every request reads its session's markers.
 *
 * A session contains the markers that already existed when it started, which revoke only earlier sessions. So a marker
 * revokes all sessions that started before it and does not affect later ones, even if the servers' clocks differ. A
 * concurrent write of a revoked session cannot restore it, because the marker stays.
 */
export interface Revocations {
  /** Returns the markers that can revoke a session. */
  markersOf(session: Session): MaybePromise<readonly RevocationMarker[]>
  /**
   * Reports a loss if the store does not have its data anymore. It reads the store at most once in a few seconds. Call
   * it for a session that the store does not have. Also call it for a session that this process reads for the first
   * time, because the first call remembers the data.
   */
  checkData(): Promise<void>
  /** Returns whether a marker revokes the session, or the deny-list may have lost the marker. */
  isRevoked(session: Session): MaybePromise<boolean>
  /**
   * Registers a session that starts now, so that `hasSessionsOf` finds it.
   *
   * @returns The session with the markers that already exist.
   */
  register(session: Session): Promise<Session>
  /**
   * Makes a stored session known to `hasSessionsOf` again. Call it after each write of the session, because the write
   * can restore a session that the store has just lost. The provider must still be able to end such a session.
   */
  keepFindable(session: Session): Promise<void>
  /**
   * Makes a session belong to another user, whose earlier markers do not revoke it.
   *
   * @param session - The session with its new user.
   */
  changeUser(session: Session): Promise<Session>
  revoke(session: Session): Promise<void>
  /** Revokes all sessions of a user, of a tenant, or of one session at the provider. */
  revokeAll(selector: SessionSelector): Promise<void>
  /**
   * Returns whether this application has sessions that belong to a session at the provider.
   *
   * @param sid - The ID of the session at the provider.
   */
  hasSessionsOf(sid: string): Promise<boolean>
  /**
   * The logout tokens that were used, so that each one works only once. Call `markUsed` after the sessions are revoked.
   */
  readonly tokens: {
    isUsed(id: string): Promise<boolean>
    /** @param ttlSeconds - Seconds after which the token may be forgotten. */
    markUsed(id: string, ttlSeconds: number): Promise<void>
  }
}

/** A marker in the store. If it changes after a session started, that session is revoked. */
export interface RevocationMarker {
  /** The key in the store. */
  readonly key: string
  /** The marker's value when the session started. */
  readonly earlier: string | undefined
}

/**
 * Returns whether a marker revokes its session.
 *
 * @param value - The value that the store has now.
 */
export function indicatesRevocation(
  { earlier }: RevocationMarker,
  value: string | undefined,
): boolean {
  return value !== undefined && value !== earlier
}

/** A session's markers, and the keys that one call to the store reads. */
interface MarkerReads {
  readonly markers: readonly RevocationMarker[]
  /** The markers' keys. For a deny-list, the key of the data's ID follows. */
  readonly keys: readonly string[]
}

/**
 * The time in seconds for which a marker is kept after its sessions have expired, because responses can be slow and the
 * clocks of stores can differ.
 */
const SLACK = 3600

export function createRevocations(
  store: ReliableStore,
  { owner, lifetimes, now, onEnd, isDenyList = false, onDataLoss }: RevocationOptions,
): Revocations {
  const cache = new WeakMap<Session, MarkerReads>()
  let dataKey: string | undefined
  const data = createStoreData(store, {
    key: () => dataKey ?? keyOf('data', 'data', '').then((key) => (dataKey = key)),
    lifetimes,
    slack: SLACK,
    now,
    onLoss: () => onDataLoss?.(),
  })

  async function keyOf(
    prefix: 'out' | 'sid' | 'jti' | 'data',
    kind: string,
    value: string,
  ): Promise<string> {
    return `identity:${prefix}:${await sha256(JSON.stringify([owner, kind, value]))}`
  }

  async function createReads(session: Session): Promise<MarkerReads> {
    const selectors = [['id', session.id] as const, ...selectorsOf(session)]
    const markers = await Promise.all(
      selectors.map(async ([kind, value]) => ({
        key: await keyOf('out', kind, value),
        earlier: session.earlierEnds?.[kind],
      })),
    )
    const keys = [...markers.map(({ key }) => key), ...(isDenyList ? [await data.key()] : [])]
    const reads = { markers, keys }
    cache.set(session, reads)
    return reads
  }

  const readsOf = (session: Session): MaybePromise<MarkerReads> =>
    cache.get(session) ?? createReads(session)

  async function keepFindable({ claims: { sid } }: Session): Promise<void> {
    if (sid === undefined) return
    await store.set(await keyOf('sid', 'sid', sid), String(now()), lifetimes.absolute + SLACK)
  }

  // The time is for people who read the store. The random part makes every value unique.
  const newMarkerValue = (): string => `${now()} ${random(9)}`

  return {
    markersOf: (session) => andThen(readsOf(session), ({ markers }) => markers),

    checkData: data.check,

    isRevoked: (session) =>
      andThen(readsOf(session), ({ markers, keys }) =>
        andThen(
          store.getMany(keys),
          (values) =>
            (isDenyList && !data.isIntact(session.dataId, values[markers.length])) ||
            markers.some((marker, index) => indicatesRevocation(marker, values[index])),
        ),
      ),

    async register(session) {
      const selectors = selectorsOf(session)
      const keys = await Promise.all(selectors.map(([kind, value]) => keyOf('out', kind, value)))
      const values = await store.getMany([...keys, await data.key()])
      const dataId = await data.idFor(values[keys.length])
      const found = selectors.flatMap(([kind], index) => {
        const value = values[index]
        return value === undefined ? [] : [[kind, value] as const]
      })
      await keepFindable(session)
      return {
        ...session,
        ...(isDenyList && { dataId }),
        ...(found.length > 0 && { earlierEnds: Object.fromEntries(found) }),
      }
    },

    keepFindable,

    async changeUser(session) {
      const { user: _, ...ends } = session.earlierEnds ?? {}
      const id = userIdOf(session.user)
      const [value] = id === undefined ? [] : await store.getMany([await keyOf('out', 'user', id)])
      return { ...session, earlierEnds: { ...ends, ...(value !== undefined && { user: value }) } }
    },

    async revoke({ id, endsAt }) {
      // Copies of the session and concurrent writes of it can have a later idle time, but not another end.
      const seconds = Math.max(0, endsAt - now()) + SLACK
      await store.set(await keyOf('out', 'id', id), newMarkerValue(), seconds)
    },

    async revokeAll(selector) {
      const { kind, value } = selector
      // Sessions that started before a change of the settings can end later than new ones.
      const [stored] = await store.getMany([await data.key()])
      const seconds = data.longestLifetime(stored) + SLACK
      await store.set(await keyOf('out', kind, value), newMarkerValue(), seconds)
      onEnd?.(selector)
    },

    async hasSessionsOf(sid) {
      const [since] = await store.getMany([await keyOf('sid', 'sid', sid)])
      return since !== undefined
    },

    tokens: {
      async isUsed(id) {
        const [used] = await store.getMany([await keyOf('jti', 'jti', id)])
        return used !== undefined
      },
      async markUsed(id, ttlSeconds) {
        await store.set(await keyOf('jti', 'jti', id), String(now()), ttlSeconds)
      },
    },
  }
}

export interface RevocationOptions {
  /** The owner of the sessions: the client and its provider. Markers of another owner do not affect these sessions. */
  readonly owner: string
  readonly lifetimes: Lifetimes
  /** Returns the Unix time in seconds. */
  readonly now: () => number
  /** Called after sessions were revoked in this process. */
  readonly onEnd?: ((ended: EndedSessions) => void) | undefined
  /**
   * `true` for a deny-list, whose store does not contain the sessions themselves. After the store has lost its data,
   * such sessions are rejected.
   *
   * @defaultValue `false`
   */
  readonly isDenyList?: boolean | undefined
  /** Called once for each loss of the store's data that this process detects. */
  readonly onDataLoss?: (() => void) | undefined
}

/** Returns the selectors that select a session. */
export function selectorsOf({
  claims,
  user,
}: Session): (readonly [SessionSelector['kind'], string])[] {
  const { sub, sid, oid, tid } = ownMembers(claims)
  const userId = userIdOf(user)
  return [
    ...(sub === NO_SUBJECT ? [] : [['sub', sub] as const]),
    ...(sid === undefined ? [] : [['sid', sid] as const]),
    ...(oid === undefined ? [] : [['oid', oid] as const]),
    ...(typeof tid !== 'string' ? [] : [['tid', tid.toLowerCase()] as const]),
    ...(userId === undefined ? [] : [['user', userId] as const]),
  ]
}

/** Returns the `id` of the user that `onLogin` returned. */
export function userIdOf(user: unknown): string | undefined {
  const { id } = (user ?? {}) as { readonly id?: unknown }
  // Objects of a class can inherit their ID, but not from all objects.
  if (id === (Object.prototype as { readonly id?: unknown }).id && !isOwnId(user)) return undefined
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined
}

function isOwnId(user: unknown): boolean {
  return typeof user === 'object' && user !== null && Object.hasOwn(user, 'id')
}

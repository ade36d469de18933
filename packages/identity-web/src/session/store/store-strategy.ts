import { random } from '../../base64.ts'
import { deepFreeze } from '../../deep-freeze.ts'
import { andThen, type MaybePromise } from '../../maybe-promise.ts'
import { createRecentCache } from '../../recent-cache.ts'
import { createEncryption, sha256 } from '../../encryption/index.ts'
import { NO_TOKENS, type SessionTokens } from '../../tokens.ts'
import { deleteChunks, readChunks, writeChunks, type CookieAttributes } from '../cookies.ts'
import { isLive, type Lifetimes, type Session } from '../session.ts'
import type { LockedTokens, SessionStrategy } from '../strategy.ts'
import { indicatesRevocation, type Revocations, type Note } from './revocations.ts'
import { createRefreshLock } from './refresh-lock.ts'
import type { ReliableStore } from './reliable-store.ts'

/** What the store strategy needs to know. */
export interface StoreStrategyOptions {
  readonly store: ReliableStore
  readonly revocations: Revocations
  readonly secrets: readonly string[]
  /** Whose sessions these are: those of another client or provider never open. */
  readonly owner: string
  /** The cookie's name. */
  readonly name: string
  readonly attributes: CookieAttributes
  readonly lifetimes: Lifetimes
  /** Seconds that a refresh may take: how long a lock lasts, and how long another server waits for it. */
  readonly refreshSeconds: number
  /** Unix time in seconds. */
  readonly now: () => number
  /** Told of a record that can't be read. */
  readonly onCorrupt: (key: string) => void
}

/** What is stored of a session: its value, and the place that it was sealed for. */
interface Sealed<T> {
  readonly at: string
  readonly value: T
}

/** Where a session lives. */
interface Place {
  readonly session: string
  readonly tokens: string
}

/** What is known of a session whose cookie was seen before. */
interface CachedSession {
  readonly place: Place
  /** The record as it was read last, and what was in it. */
  readonly sealed: string
  readonly session: Session
  readonly notes: readonly Note[]
  /** The record and the notes: read in one go. */
  readonly keys: readonly string[]
}

/** 256 random bits. */
const ID = /^[\w-]{43}$/

/**
 * Sessions in a store that all servers share: the browser has a random id, the store has the session under the id's
 * hash, sealed for that very place. So neither a look into the store nor an exchange of two records lets anybody in.
 *
 * The user and the times are one record and the tokens are another: a request that only shows that its user is still
 * there must not write over tokens that another server has just refreshed.
 */
export function createStoreStrategy(options: StoreStrategyOptions): SessionStrategy {
  const { store, revocations, secrets, owner, name, attributes, lifetimes, now } = options
  const encryption = createEncryption(secrets, `stored session ${owner}`)
  const memory = createRecentCache<CachedSession>()
  const openedTokens = createRecentCache<Sealed<SessionTokens>>()
  const refreshLock = createRefreshLock(store, options.refreshSeconds)

  /** The random id that a browser has. */
  function sessionIdOf(cookieHeader: string): string | undefined {
    const id = readChunks(cookieHeader, name)
    return id !== undefined && ID.test(id) ? id : undefined
  }

  function placeOf(id: string): MaybePromise<Place> {
    return memory.get(id)?.place ?? findPlace(id)
  }

  function find(cookieHeader: string): MaybePromise<Place | undefined> {
    const id = sessionIdOf(cookieHeader)
    return id === undefined ? undefined : placeOf(id)
  }

  function open<T extends object>(sealed: string, key: string): MaybePromise<T | undefined> {
    return andThen(encryption.decrypt(sealed), (opened) => {
      const { at, value } = (opened ?? {}) as Partial<Sealed<T>>
      if (at === key && value !== undefined) return deepFreeze(value)
      options.onCorrupt(key)
      return undefined
    })
  }

  /** Reads what was seen before: the record and the notes at once, and nothing is opened that did not change. */
  function readKnown(id: string, known: CachedSession): MaybePromise<Session | undefined> {
    return andThen(store.getMany(known.keys), (values) => {
      const [sealed] = values
      if (sealed === undefined) return undefined
      if (sealed !== known.sealed) return readNew(id, known.place, sealed)
      return judge(known, values)
    })
  }

  async function readNew(id: string, place: Place, read?: string): Promise<Session | undefined> {
    const sealed = read ?? (await store.getMany([place.session]))[0]
    if (sealed === undefined) return undefined
    const session = await open<Session>(sealed, place.session)
    if (session === undefined) return undefined
    const notes = await revocations.markersOf(session)
    const noteKeys = notes.map(({ key }) => key)
    const known: CachedSession = {
      place,
      sealed,
      session,
      notes,
      keys: [place.session, ...noteKeys],
    }
    memory.set(id, known)
    return judge(known, [sealed, ...(await store.getMany(noteKeys))])
  }

  /** @param values - What stands under the known keys: the record, then the notes. */
  function judge(
    { session, notes, place }: CachedSession,
    values: readonly (string | undefined)[],
  ): MaybePromise<Session | undefined> {
    if (notes.some((note, index) => indicatesRevocation(note, values[index + 1]))) {
      return andThen(forget(place), () => undefined)
    }
    return isLive(session, lifetimes, now()) ? session : undefined
  }

  async function forget(place: Place): Promise<void> {
    await store.delete(place.session)
    await store.delete(place.tokens)
  }

  /** How long the store keeps a session, seconds. */
  function remaining({ startedAt }: Session): number {
    return Math.min(lifetimes.idle, startedAt + lifetimes.absolute - now())
  }

  async function setSession(place: Place, session: Session): Promise<void> {
    const sealed = await encryption.encrypt({ at: place.session, value: session })
    await store.set(place.session, sealed, remaining(session))
  }

  // Where the store can't let them live on by themselves, the tokens are there until the latest end.
  function remainingOfTokens(session: Session): number {
    return store.touch === undefined
      ? session.startedAt + lifetimes.absolute - now()
      : remaining(session)
  }

  function readTokensAt(place: Place): MaybePromise<SessionTokens> {
    return andThen(store.getMany([place.tokens]), ([sealed]) => {
      if (sealed === undefined) return NO_TOKENS
      const known = openedTokens.get(sealed)
      // Of this place: a record that was put into another one is none there, also where it was read before.
      if (known?.at === place.tokens) return known.value
      return andThen(open<SessionTokens>(sealed, place.tokens), (tokens) => {
        if (tokens === undefined) return NO_TOKENS
        openedTokens.set(sealed, { at: place.tokens, value: tokens })
        return tokens
      })
    })
  }

  async function setTokens(place: Place, session: Session, tokens: SessionTokens): Promise<void> {
    await store.set(place.tokens, await sealTokens(place, tokens), remainingOfTokens(session))
  }

  function sealTokens(place: Place, tokens: SessionTokens): MaybePromise<string> {
    return encryption.encrypt({ at: place.tokens, value: tokens })
  }

  /** Whether a session is still there: what was ended meanwhile is not written again. */
  async function isThere(place: Place, session: Session): Promise<boolean> {
    const [record] = await store.getMany([place.session])
    return record !== undefined && !(await revocations.isRevoked(session))
  }

  async function end(cookieHeader: string): Promise<string[]> {
    const deletions = deleteChunks(cookieHeader, name, attributes)
    const place = await find(cookieHeader)
    if (place === undefined) return deletions
    const [sealed] = await store.getMany([place.session])
    const session = sealed === undefined ? undefined : await open<Session>(sealed, place.session)
    // Noted first: whatever is under way then writes for nobody.
    if (session !== undefined) await revocations.revoke(session)
    await forget(place)
    return deletions
  }

  return {
    read(cookieHeader) {
      const id = sessionIdOf(cookieHeader)
      if (id === undefined) return undefined
      const known = memory.get(id)
      if (known !== undefined) return readKnown(id, known)
      return findPlace(id).then((place) => readNew(id, place))
    },

    readTokens: (cookieHeader) =>
      andThen(find(cookieHeader), (place) =>
        place === undefined ? NO_TOKENS : readTokensAt(place),
      ),

    async start(cookieHeader, session, tokens) {
      const id = random(32)
      const place = await findPlace(id)
      const started = await revocations.register(session)
      await setTokens(place, started, tokens)
      await setSession(place, started)
      await end(cookieHeader)
      return [
        ...writeChunks(cookieHeader, {
          ...attributes,
          name,
          value: id,
          maxAge: lifetimes.absolute,
        }),
        // What a session in cookies left behind.
        ...deleteChunks(cookieHeader, `${name}-tokens`, attributes),
      ]
    },

    async update(cookieHeader, session, tokens) {
      const place = await find(cookieHeader)
      if (place === undefined || !(await isThere(place, session))) return []
      if (tokens === undefined) await store.touch?.(place.tokens, remaining(session))
      // Another server may have been there since.
      else if ((await readTokensAt(place)).revision < tokens.revision) {
        await setTokens(place, session, tokens)
      }
      await setSession(place, session)
      return []
    },

    end,

    async withTokenLock(cookieHeader, session, { waits, run }) {
      const place = (await find(cookieHeader)) as Place
      return refreshLock.hold(place.tokens, waits, async (lock) => {
        const tokens = await readTokensAt(place)
        const locked: LockedTokens = {
          tokens,
          reread: () =>
            lock.settle(
              async () => readTokensAt(place),
              ({ revision }) => revision > tokens.revision,
            ),
          async save(changed, newTokens) {
            if (!(await isThere(place, session))) return
            await lock.set(await sealTokens(place, newTokens), remainingOfTokens(session))
            await setSession(place, changed)
          },
        }
        return run(locked)
      })
    },
  }
}

async function findPlace(id: string): Promise<Place> {
  const hash = await sha256(id)
  return { session: `identity:s:${hash}`, tokens: `identity:t:${hash}` }
}

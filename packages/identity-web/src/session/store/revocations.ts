import { random } from '../../base64.ts'
import { andThen, type MaybePromise } from '../../maybe-promise.ts'
import { sha256 } from '../../encryption/index.ts'
import { NO_SUBJECT } from '../../tokens.ts'
import type { Lifetimes, Session } from '../session.ts'
import type { ReliableStore } from './reliable-store.ts'

/** Whose sessions end. */
export interface SessionSelector {
  readonly kind: 'sub' | 'sid' | 'oid' | 'user'
  readonly value: string
}

/**
 * Remembers which sessions ended before their time: here, at the provider, or because the application said so.
 *
 * An end is noted under what it is about (one session, a user, a session of the provider), and every session reads
 * these notes with each request. A session knows the notes that were there when it began: those are about older ones.
 * So an end counts for all that began before it and for none that begins later, whatever the servers' clocks say, and a
 * write that is under way can't bring a session back.
 */
export interface Revocations {
  /** The places at which the end of a session may be noted. */
  markersOf(session: Session): MaybePromise<readonly Note[]>
  /** Whether one of its notes says that a session ended. */
  isRevoked(session: Session): MaybePromise<boolean>
  /** A session that begins now, with the notes that are about earlier ones. */
  register(session: Session): Promise<Session>
  /** Ends one session. */
  revoke(session: Session): Promise<void>
  /** Ends all sessions of a user, or all that belong to one session at the provider. */
  revokeAll(of: SessionSelector): Promise<void>
  /** Whether sessions began here that belong to this session at the provider. */
  hasSessionsOf(sid: string): Promise<boolean>
  /** Whether a logout token was taken already; `take` it when it has been obeyed. */
  readonly tokens: {
    isUsed(id: string): Promise<boolean>
    /** @param ttl - Seconds. */
    markUsed(id: string, ttl: number): Promise<void>
  }
}

/** Where the end of a session may be noted, and what stood there when it began. */
export interface Note {
  readonly key: string
  readonly earlier: string | undefined
}

/** Whether a note that was read says that its session ended. */
export function indicatesRevocation({ earlier }: Note, value: string | undefined): boolean {
  return value !== undefined && value !== earlier
}

/** Longer than a response may be under way, and than clocks of stores differ; seconds. */
const SLACK = 3600

export function createRevocations(
  store: ReliableStore,
  { owner, lifetimes, now }: RevocationOptions,
): Revocations {
  const memory = new WeakMap<Session, readonly Note[]>()

  async function keyOf(
    prefix: 'out' | 'sid' | 'jti',
    kind: string,
    value: string,
  ): Promise<string> {
    return `identity:${prefix}:${await sha256(JSON.stringify([owner, kind, value]))}`
  }

  async function findNotes(session: Session): Promise<readonly Note[]> {
    const subjects = [['id', session.id] as const, ...subjectsOf(session)]
    const notes = await Promise.all(
      subjects.map(async ([kind, value]) => ({
        key: await keyOf('out', kind, value),
        earlier: session.earlierEnds?.[kind],
      })),
    )
    memory.set(session, notes)
    return notes
  }

  const markersOf = (session: Session): MaybePromise<readonly Note[]> =>
    memory.get(session) ?? findNotes(session)

  // Who looks into the store sees when; what counts is that no two are alike.
  const newNote = (): string => `${now()} ${random(9)}`

  return {
    markersOf,

    isRevoked: (session) =>
      andThen(markersOf(session), (notes) =>
        andThen(store.getMany(notes.map(({ key }) => key)), (values) =>
          notes.some((note, index) => indicatesRevocation(note, values[index])),
        ),
      ),

    async register(session) {
      const subjects = subjectsOf(session)
      const keys = await Promise.all(subjects.map(([kind, value]) => keyOf('out', kind, value)))
      const values = await store.getMany(keys)
      const found = subjects.flatMap(([kind], index) => {
        const value = values[index]
        return value === undefined ? [] : [[kind, value] as const]
      })
      const { sid } = session.claims
      if (sid !== undefined) {
        await store.set(await keyOf('sid', 'sid', sid), String(now()), lifetimes.absolute + SLACK)
      }
      if (found.length === 0) return session
      return { ...session, earlierEnds: Object.fromEntries(found) }
    },

    async revoke({ id }) {
      // A write that is under way makes its record live for the idle time once more, and no longer.
      await store.set(await keyOf('out', 'id', id), newNote(), lifetimes.idle + SLACK)
    },

    async revokeAll({ kind, value }) {
      await store.set(await keyOf('out', kind, value), newNote(), lifetimes.absolute + SLACK)
    },

    async hasSessionsOf(sid) {
      const [since] = await store.getMany([await keyOf('sid', 'sid', sid)])
      return since !== undefined
    },

    tokens: {
      async isUsed(id) {
        const [taken] = await store.getMany([await keyOf('jti', 'jti', id)])
        return taken !== undefined
      },
      async markUsed(id, ttl) {
        await store.set(await keyOf('jti', 'jti', id), String(now()), ttl)
      },
    },
  }
}

/** What the notes of ends are made for. */
export interface RevocationOptions {
  /** Whose sessions these are: those of another client or provider have notes of their own. */
  readonly owner: string
  readonly lifetimes: Lifetimes
  /** Unix time in seconds. */
  readonly now: () => number
}

/** What a session shares with others that may end together with it. */
function subjectsOf({ claims, user }: Session): (readonly [SessionSelector['kind'], string])[] {
  const { sub, sid, oid } = claims
  const userId = userIdOf(user)
  return [
    ...(sub === NO_SUBJECT ? [] : [['sub', sub] as const]),
    ...(sid === undefined ? [] : [['sid', sid] as const]),
    ...(oid === undefined ? [] : [['oid', oid] as const]),
    ...(userId === undefined ? [] : [['user', userId] as const]),
  ]
}

/** The application's own key of a user: the `id` of what `onLogin` returned. */
export function userIdOf(user: unknown): string | undefined {
  const { id } = (user ?? {}) as { readonly id?: unknown }
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined
}

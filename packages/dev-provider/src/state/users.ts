import { isDeepStrictEqual } from 'node:util'
import type { UserConfig } from '../config/config.js'
import { replaceProperties } from '../config/replace-config.js'

/** The accounts of the configuration, with the changes that users made. */
export interface UserDirectory {
  readonly all: () => readonly UserConfig[]
  /** Adds a new account. */
  readonly add: (user: UserConfig) => void
  /** Changes a display name, which later tokens contain. */
  readonly rename: (user: UserConfig, name: string) => void
  /** Restores the accounts of the configuration. */
  readonly clear: () => void
  /**
   * Replaces the accounts of the configuration. An account whose entry did not change keeps its
   * changes, and new accounts stay.
   */
  readonly configure: (configured: readonly UserConfig[]) => void
}

/** Creates a directory with copies of the accounts, so that the configuration does not change. */
export function createUserDirectory(configured: readonly UserConfig[]): UserDirectory {
  let entries = configured
  const copies = (): Mutable[] => entries.map((user) => ({ ...user }))
  let users = copies()
  return {
    all: () => users,
    add: (user) => {
      users.push({ ...user })
    },
    rename: (user, name) => {
      // Changes the object itself, because sessions and grants hold references to it.
      const entry = users.find((candidate) => candidate === user)
      if (entry !== undefined) entry.name = name
    },
    clear: () => {
      users = copies()
    },
    configure: (next) => {
      const [known, current, following] = [byName(entries), byName(users), byName(next)]
      const created = users.filter((user) => {
        const name = keyOf(user)
        return !known.has(name) && !following.has(name)
      })
      const kept = next.map((entry) => {
        const user = current.get(keyOf(entry))
        if (user === undefined) return { ...entry }
        const before = known.get(keyOf(entry))
        // Changes the object itself, because sessions and grants hold references to it.
        return isDeepStrictEqual(before, entry) ? user : replaceProperties(user, entry)
      })
      users = [...kept, ...created]
      entries = next
    },
  }
}

// A map, because a load test can configure thousands of users.
function byName<T extends UserConfig>(list: readonly T[]): ReadonlyMap<string, T> {
  return new Map(list.map((entry) => [keyOf(entry), entry]))
}

function keyOf({ username }: UserConfig): string {
  return username.toLowerCase()
}

// A load test can configure thousands of users. The message stays readable with fewer.
const MAX_NAMES = 20

/**
 * Returns the account with this user name or first name.
 *
 * @throws TypeError when the account does not exist.
 */
export function requireUser(users: UserDirectory, name: string): UserConfig {
  const normalized = name.toLowerCase()
  const user = users
    .all()
    .find(
      ({ username, givenName }) =>
        username.toLowerCase() === normalized || givenName.toLowerCase() === normalized,
    )
  if (user !== undefined) return user
  const names = users.all().map(({ username }) => username)
  const others = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} others` : ''
  throw new TypeError(
    `The user '${name}' does not exist. Use one of these user names: ${names.slice(0, MAX_NAMES).join(', ')}${others}`,
  )
}

type Mutable = { -readonly [Key in keyof UserConfig]: UserConfig[Key] }

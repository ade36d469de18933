import type { UserConfig } from '../config/config.js'

/** The accounts as they stand: those of the configuration, with what users did to them since. */
export interface UserDirectory {
  readonly all: () => readonly UserConfig[]
  /** Adds an account that signed up. */
  readonly add: (user: UserConfig) => void
  /** Changes a display name; later tokens show it. */
  readonly rename: (user: UserConfig, name: string) => void
  /** Back to the configuration. */
  readonly clear: () => void
}

/** Makes a directory. It works on copies, so that the configuration stays what it was. */
export function createUserDirectory(configured: readonly UserConfig[]): UserDirectory {
  const copies = (): Mutable[] => configured.map((user) => ({ ...user }))
  let users = copies()
  return {
    all: () => users,
    add: (user) => {
      users.push({ ...user })
    },
    rename: (user, name) => {
      // In place: sessions and grants hold the account itself.
      const entry = users.find((candidate) => candidate === user)
      if (entry !== undefined) entry.name = name
    },
    clear: () => {
      users = copies()
    },
  }
}

/** Finds an account by user name or first name. */
export function requireUser(users: UserDirectory, name: string): UserConfig {
  const wanted = name.toLowerCase()
  const user = users
    .all()
    .find(
      ({ username, givenName }) =>
        username.toLowerCase() === wanted || givenName.toLowerCase() === wanted,
    )
  if (user !== undefined) return user
  const names = users.all().map(({ username }) => username)
  throw new TypeError(`There is no user ${name}. Users: ${names.join(', ')}`)
}

type Mutable = { -readonly [Key in keyof UserConfig]: UserConfig[Key] }

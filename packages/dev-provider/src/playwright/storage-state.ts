import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { browser, type SessionCookie } from '../testing/index.js'

/** A browser's state, in Playwright's format. */
export interface StoredState {
  readonly cookies: SessionCookie[]
  readonly origins: []
}

/** The sign-in whose state is stored. */
export interface StoredSignIn {
  readonly as: string
  readonly path: string
  readonly baseURL: string | undefined
  /** The project's output folder, which Playwright empties when a run starts. */
  readonly folder: string
}

const inThisWorker = new Map<string, Promise<StoredState>>()

/**
 * Returns the state of a signed-in browser. It signs in once in a run, unless several workers start at the same time.
 *
 * @throws TypeError without `baseURL`.
 * @throws Error when the sign-in fails.
 */
export function storageStateOf(signIn: StoredSignIn): Promise<StoredState> {
  const { as, path, baseURL, folder } = signIn
  if (baseURL === undefined) {
    throw new TypeError(
      "signedInAs needs the URL of the application. Set use: { baseURL } in playwright.config.ts, for example 'http://localhost:3000'.",
    )
  }
  const key = createHash('sha256')
    .update(JSON.stringify([baseURL, path, as]))
    .digest('hex')
  const file = join(folder, '.signed-in', `${key}.json`)
  const known = inThisWorker.get(file)
  if (known !== undefined) return known
  const state = readState(file).then((stored) => stored ?? createState(signIn, baseURL, file))
  inThisWorker.set(file, state)
  // The next test tries again.
  state.catch(() => inThisWorker.delete(file))
  return state
}

async function readState(file: string): Promise<StoredState | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as StoredState
  } catch {
    return undefined
  }
}

async function createState(
  { as, path }: StoredSignIn,
  baseURL: string,
  file: string,
): Promise<StoredState> {
  const visitor = browser(baseURL)
  const page = await visitor.signIn({ as, path: new URL(path, baseURL).href })
  if (page.status >= 400) {
    throw new Error(
      `The sign-in of ${as} ended with the status ${page.status} at ${new URL(page.url).pathname}. Set signInPath to a page that ${as} may open.`,
    )
  }
  const state: StoredState = { cookies: [...visitor.cookies], origins: [] }
  await mkdir(join(file, '..'), { recursive: true })
  // Another worker must not read half of a file. The file contains a session of a test only.
  const temporary = `${file}.${randomUUID()}`
  await writeFile(temporary, JSON.stringify(state), { mode: 0o600 })
  await rename(temporary, file)
  return state
}

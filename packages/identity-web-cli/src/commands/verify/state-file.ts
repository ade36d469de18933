import { mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UsageError } from '../../command/usage-error.js'
import { findFile } from '../../env-file/find-file.js'
import type { CreatedApp, Intent } from './created/created-app.js'
import type { Result } from './outcome.js'

/** The part of a run that a later run needs. It contains no secrets and no tokens. */
export interface State {
  readonly run: string
  /** Identifies the provider and the app, as a hash. `undefined` until the settings are known. */
  readonly settings?: string | undefined
  /** Identifies the scopes, the API and the versions, as a hash. A result is true only for these. */
  readonly inputs?: string | undefined
  /** `true` for a run with `--create`. */
  readonly isOwn: boolean
  readonly startedAt: string
  readonly results: readonly Result[]
  /** The app registration that `--create` made. */
  readonly created?: CreatedApp | undefined
  /** The app registration of a request whose response did not arrive, so that it may exist. */
  readonly intent?: Intent | undefined
}

const FOLDER = '.identity-verify'
const FILE = 'state.json'
/** The tag of an app registration contains this ID, and other tags are not deleted. */
const RUN = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

/** The file with the state of a run, in the folder of the application. */
export class StateFile {
  /** `true` while the file names an app registration that may exist. */
  hasApp = false
  readonly #path: string

  private constructor(path: string) {
    this.#path = path
  }

  /** @throws UsageError for a link. `remove` would delete the folder that a link leads to. */
  static async in(folder: string): Promise<StateFile> {
    const name = join(FOLDER, FILE)
    const path = await findFile(folder, name)
    if (path === join(await realpath(folder), name)) return new StateFile(path)
    throw new UsageError(
      `${name} is or contains a symbolic link. Delete the link, and run the command again.`,
    )
  }

  /** Reads the state. @throws UsageError if the file was damaged. */
  async read(): Promise<State | undefined> {
    const text = await readFile(this.#path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw error
    })
    if (text === undefined) return undefined
    try {
      const state = JSON.parse(text) as State
      if (RUN.test(state.run) && Array.isArray(state.results)) {
        this.hasApp = (state.created ?? state.intent) !== undefined
        return state
      }
    } catch {
      // The error below also applies to a file that is not JSON.
    }
    throw new UsageError(
      `${join(FOLDER, FILE)} is damaged. If it contains an app registration that verify created, delete the registration with this tag in the Microsoft Entra admin center. Then delete the folder ${FOLDER}.`,
    )
  }

  /** Writes the state so that only this user can read it. A run that is interrupted does not damage the file. */
  async write(state: State): Promise<void> {
    this.hasApp = (state.created ?? state.intent) !== undefined
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 })
    await replace(join(dirname(this.#path), '.gitignore'), '*\n')
    await replace(this.#path, `${JSON.stringify(state, undefined, 2)}\n`)
  }

  /** Deletes the state and its folder. */
  async remove(): Promise<void> {
    await rm(dirname(this.#path), { recursive: true, force: true })
    this.hasApp = false
  }
}

/** Replaces a file, and not the file that a link leads to. */
async function replace(path: string, text: string): Promise<void> {
  const next = `${path}.next`
  await rm(next, { force: true })
  await writeFile(next, text, { mode: 0o600, flag: 'wx' })
  await rename(next, path)
}

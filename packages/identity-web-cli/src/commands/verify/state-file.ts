import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UsageError } from '../../command/usage-error.js'
import { findFile } from '../../env-file/find-file.js'
import type { CreatedApp } from './created/created-app.js'
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
}

const FOLDER = '.identity-verify'
const FILE = 'state.json'

/** The file with the state of a run, in the folder of the application. */
export class StateFile {
  readonly #path: string

  private constructor(path: string) {
    this.#path = path
  }

  static async in(folder: string): Promise<StateFile> {
    return new StateFile(await findFile(folder, join(FOLDER, FILE)))
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
      if (typeof state.run === 'string' && Array.isArray(state.results)) return state
    } catch {
      // The error below also applies to a file that is not JSON.
    }
    throw new UsageError(
      `${join(FOLDER, FILE)} is damaged. If it contains an app registration that verify created, delete the registration with this tag in the Microsoft Entra admin center. Then delete the folder ${FOLDER}.`,
    )
  }

  /** Writes the state so that only this user can read it. A run that is interrupted does not damage the file. */
  async write(state: State): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 })
    await writeFile(join(dirname(this.#path), '.gitignore'), '*\n')
    const next = `${this.#path}.next`
    await writeFile(next, `${JSON.stringify(state, undefined, 2)}\n`, { mode: 0o600 })
    await rename(next, this.#path)
  }

  /** Deletes the state and its folder. */
  async remove(): Promise<void> {
    await rm(dirname(this.#path), { recursive: true, force: true })
  }
}

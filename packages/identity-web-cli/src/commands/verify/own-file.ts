import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { ifExists } from '../../env-file/find-file.js'

// A repository of somebody else can contain links with the names of these files. Only `read` follows a link.

/** A file with JSON that this command writes to the folder of the application. */
export class OwnFile<T> {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  /** Reads the file. `undefined` if it does not exist. */
  async read(): Promise<T | undefined> {
    const text = await ifExists(readFile(this.#path, 'utf8'))
    return text === undefined ? undefined : (JSON.parse(text) as T)
  }

  /** Writes the file so that only this user can read it. A run that is interrupted does not damage it. */
  async write(value: T): Promise<void> {
    const next = `${this.#path}.next`
    await rm(next, { force: true })
    await writeFile(next, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' })
    await rename(next, this.#path)
  }

  remove(): Promise<void> {
    return rm(this.#path, { force: true })
  }
}

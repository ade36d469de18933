/**
 * The surroundings of a command: its folder, its environment variables and its output. A test passes other values than
 * the values of the process.
 */
export interface World {
  /** The folder that relative paths start from. */
  readonly folder: string
  /** The environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Writes a line to the standard output. */
  readonly out: (line: string) => unknown
  /** Writes a line to the standard error output. */
  readonly error: (line: string) => unknown
  /** Asks the user a question. `undefined` if the standard input is not a terminal. */
  readonly ask?: ((question: string) => Promise<string>) | undefined
}

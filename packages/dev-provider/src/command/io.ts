/**
 * The functions that the command writes its output to.
 *
 * @example Collect the output in a test
 * ```ts
 * const lines: string[] = []
 * const io: CommandIo = { out: (line) => lines.push(line), error: (line) => lines.push(line) }
 * ```
 */
export interface CommandIo {
  /** Writes a line to the standard output. */
  readonly out: (line: string) => unknown
  /** Writes a line to the standard error output. */
  readonly error: (line: string) => unknown
}

/** Writes to the standard streams of this process. */
export const processIo: CommandIo = {
  out: (line) => process.stdout.write(`${line}\n`),
  error: (line) => process.stderr.write(`${line}\n`),
}

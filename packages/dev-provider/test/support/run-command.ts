import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCommand, type DevProvider } from '../../src/index.js'
import { test as base } from './fixtures.js'

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url))

/** The result of a command, with the lines that it printed. */
export interface CommandRun {
  readonly result: DevProvider | number
  readonly out: string[]
  readonly error: string[]
}

/** A command that runs in a separate process. */
export interface CommandProcess {
  readonly child: ChildProcessWithoutNullStreams
  /** Everything that it printed until now. */
  readonly output: () => string
  /** Waits until it printed a text. */
  readonly printed: (text: string) => Promise<void>
  readonly exitCode: Promise<number | null>
}

/** Vitest's `test` with the command, and with a folder for its files. */
export const test = base
  /** The path of a file in a folder that is removed after the test. */
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('path', async ({}, { onCleanup }) => {
    const folder = await mkdtemp(join(tmpdir(), 'identity-web-dev-'))
    onCleanup(() => rm(folder, { recursive: true, force: true }))
    return (name: string) => join(folder, name)
  })
  /** Runs the command in this process. A provider that it starts is closed after the test. */
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('run', ({}, { onCleanup }) => {
    const started: DevProvider[] = []
    onCleanup(async () => void (await Promise.all(started.map((provider) => provider.close()))))
    return async (...args: string[]): Promise<CommandRun> => {
      const out: string[] = []
      const error: string[] = []
      const result = await runCommand(args, {
        out: (line) => out.push(line),
        error: (line) => error.push(line),
      })
      if (typeof result !== 'number') started.push(result)
      return { result, out, error }
    }
  })
  /** Runs the command in a separate process, which is killed after the test. */
  .extend('spawnCommand', ({ path }, { onCleanup }) => {
    const children: ChildProcessWithoutNullStreams[] = []
    onCleanup(() => {
      for (const child of children) child.kill('SIGKILL')
    })
    const spawnWith = (variables: NodeJS.ProcessEnv, args: string[]): CommandProcess => {
      const program = `import { main } from '${PACKAGE}src/command/main.ts'; await main()`
      const child = spawn(
        process.execPath,
        [
          '--import',
          import.meta.resolve('tsx'),
          '--input-type=module',
          '-e',
          program,
          '--',
          'identity-web-dev',
          ...args,
        ],
        { cwd: path('.'), env: { ...process.env, ...variables } },
      )
      children.push(child)
      let output = ''
      child.stdout.on('data', (chunk) => (output += String(chunk)))
      child.stderr.on('data', (chunk) => (output += String(chunk)))
      return {
        child,
        output: () => output,
        printed: (text) =>
          new Promise((resolve, reject) => {
            const check = (): void => void (output.includes(text) && resolve())
            child.stdout.on('data', check)
            child.stderr.on('data', check)
            child.once('exit', () => reject(new Error(`ended without "${text}": ${output}`)))
            check()
          }),
        exitCode: new Promise((resolve) => child.once('exit', resolve)),
      }
    }
    return Object.assign((...args: string[]) => spawnWith({ NODE_ENV: 'test' }, args), {
      /** Adds variables of the terminal, or removes them with `undefined`. */
      with:
        (variables: NodeJS.ProcessEnv) =>
        (...args: string[]) =>
          spawnWith(variables, args),
    })
  })

/** Returns the provider of a run, which must have started. */
export function providerOf({ result, error }: CommandRun): DevProvider {
  if (typeof result === 'number') throw new Error(error.join('\n'))
  return result
}

export { describe, expect, vi } from './fixtures.js'

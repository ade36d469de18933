import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDevProvider, type DevProvider } from 'identity-web-dev'
import { test as base } from 'vitest'
import { runCli } from '../../src/run-cli.js'
import type { NamedFinding } from '../../src/commands/doctor/report/finding.js'

export { describe, expect } from 'vitest'

/** The output of a command. */
export interface Run {
  readonly code: number
  readonly out: string
  readonly error: string
}

/** Runs a command in the folder of the test or in another one, with only these environment variables. */
export type RunCommand = (
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
  folder?: string,
) => Promise<Run>

/** The variables of an app that works with the provider of the test. */
export type Variables = Readonly<Record<string, string>>

/** The session secret of the tests. */
export const SECRET = 'uK4kq2Wl9S0c7b1Xr8mN3vTz6yPd5fGh/AeJ+oLiQwE='

/** The outputs of all runs, in which a secret must not occur. */
export const allOutputs: string[] = []

export const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('provider', { scope: 'file' }, async ({}, { onCleanup }): Promise<DevProvider> => {
    const provider = await startDevProvider({ port: 0 })
    onCleanup(() => provider.close())
    return provider
  })
  /** A folder that is deleted after the test. */
  // oxlint-disable-next-line no-empty-pattern
  .extend('folder', ({}, { onCleanup }): string => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'identity-web-cli-')))
    onCleanup(() => rmSync(folder, { recursive: true, force: true }))
    return folder
  })
  /** Writes a file of the folder. */
  .extend('write', ({ folder }) => (name: string, content: string): string => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  })
  .extend('run', ({ folder: own }): RunCommand => async (args, env = {}, folder = own) => {
    const [out, error]: [string[], string[]] = [[], []]
    const code = await runCli(args, {
      folder,
      env,
      out: (line) => out.push(line),
      error: (line) => error.push(line),
    })
    allOutputs.push(...out, ...error)
    return { code, out: out.join('\n'), error: error.join('\n') }
  })
  .extend('variables', ({ provider }): Variables => {
    provider.reset()
    return {
      IDENTITY_AUTHORITY: provider.authority(),
      IDENTITY_CLIENT_ID: provider.app.clientId,
      IDENTITY_CLIENT_SECRET: provider.app.clientSecret ?? '',
      IDENTITY_REDIRECT_URI: 'http://localhost:3000/redirect',
      IDENTITY_SESSION_SECRET: SECRET,
    }
  })
  /** Runs `doctor --json`. The first argument can be several words. @returns The exit code and the findings. */
  .extend(
    'doctor',
    ({ run, variables }) =>
      async (
        changes: Readonly<Record<string, string | undefined>> = {},
        options?: string,
        ...args: readonly string[]
      ) => {
        const env = Object.fromEntries(
          Object.entries({ ...variables, ...changes }).filter(([, value]) => value !== undefined),
        ) as Variables
        const { code, out, error } = await run(
          ['doctor', '--json', ...(options?.split(' ') ?? []), ...args],
          env,
        )
        if (out === '') throw new Error(error)
        const { findings } = JSON.parse(out) as { readonly findings: readonly NamedFinding[] }
        return { code, findings }
      },
  )

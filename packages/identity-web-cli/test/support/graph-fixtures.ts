import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { test as base, type Run } from './fixtures.js'

export { describe, expect } from 'vitest'

const GRAPH = 'https://graph.microsoft.com'

/** An app registration, as Graph returns it. */
export type Json = Readonly<Record<string, unknown>>

/** The variables of a file, by name. */
export type EnvFile = Readonly<Record<string, string | undefined>>

export const test = base
  /** An access token of Microsoft Graph of an administrator, in a file. */
  .extend('token', async ({ provider, write }) => {
    provider.reset()
    const scopes = ['Application.ReadWrite.All']
    const token = await provider.accessToken({ api: GRAPH, as: 'sam', scopes })
    write('token', `${token}\n`)
    return token
  })
  /** Runs a command with the token, against the Graph of the provider. */
  .extend(
    'cli',
    ({ provider, run, token: _token }) =>
      (...args: readonly string[]): Promise<Run> =>
        run([...args, '--token-file', 'token', '--graph', provider.graph]),
  )
  /** Runs a command that must succeed. @returns The standard output. */
  .extend('ok', ({ cli }) => async (...args: readonly string[]): Promise<string> => {
    const { code, out, error } = await cli(...args)
    if (code !== 0) throw new Error(`${args.join(' ')} failed: ${error}`)
    return out
  })
  /** Reads an app registration from Graph. */
  .extend('readApp', ({ provider, token }) => async (appId: string | undefined): Promise<Json> => {
    const response = await fetch(`${provider.graph}/applications(appId='${appId ?? ''}')`, {
      headers: { authorization: `Bearer ${token}` },
    })
    return (await response.json()) as Json
  })
  /** Reads a file with variables. */
  .extend('readEnv', ({ folder }) => (name = '.env'): EnvFile => {
    const path = join(folder, name)
    return existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : {}
  })
  /** Returns the mode of a file, for example `600`. */
  .extend('modeOf', ({ folder }) => (name: string): string => {
    return (statSync(join(folder, name)).mode & 0o777).toString(8)
  })
  /** Requests an app-only token with a secret. @returns The error code, or 0. */
  .extend(
    'codeOf',
    ({ provider }) =>
      async (clientId: string | undefined, secret: string | undefined): Promise<number> => {
        const response = await fetch(`${provider.authority()}/oauth2/v2.0/token`, {
          method: 'POST',
          body: new URLSearchParams({
            grant_type: 'client_credentials',
            client_id: clientId ?? '',
            client_secret: secret ?? '',
            scope: `${GRAPH}/.default`,
          }),
        })
        const { error_codes: codes } = (await response.json()) as { error_codes?: number[] }
        return codes?.[0] ?? 0
      },
  )

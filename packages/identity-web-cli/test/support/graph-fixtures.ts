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

/** Runs a command. The first argument can be several words, such as `register --name Shop`. */
export type Cli = (...args: readonly string[]) => Promise<Run>

export const test = base
  /** An access token of Microsoft Graph of an administrator, in a file. */
  .extend('token', async ({ provider, write }) => {
    provider.reset()
    const scopes = ['Application.ReadWrite.All']
    const token = await provider.accessToken({ api: GRAPH, as: 'sam', scopes })
    write('token', `${token}\n`)
    return token
  })
  /** Creates a function that runs a command with the token, against a Graph. */
  .extend(
    'cliAt',
    ({ run, token: _token }) =>
      (graph: string): Cli =>
      (command = '', ...args) =>
        run([...command.split(' '), ...args, '--token-file', 'token', '--graph', graph]),
  )
  /** Runs a command with the token, against the Graph of the provider. */
  .extend('cli', ({ provider, cliAt }): Cli => cliAt(provider.graph))
  /** Runs a command that must succeed. @returns The standard output. */
  .extend('ok', ({ cli }) => async (...args: readonly string[]): Promise<string> => {
    const { code, out, error } = await cli(...args)
    if (code !== 0) throw new Error(`${args.join(' ')} failed: ${error}`)
    return out
  })
  /** Sends a GET request to Graph. */
  .extend('getGraph', ({ provider, token }) => (path: string): Promise<Response> => {
    return fetch(provider.graph + path, { headers: { authorization: `Bearer ${token}` } })
  })
  /** Reads an app registration from Graph. */
  .extend('readApp', ({ getGraph }) => async (appId: string | undefined): Promise<Json> => {
    return (await (await getGraph(`/applications(appId='${appId ?? ''}')`)).json()) as Json
  })
  /** Reads a file with variables. */
  .extend('readEnv', ({ folder }) => (name = '.env'): EnvFile => {
    const path = join(folder, name)
    return existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : {}
  })
  /** Registers a web app with the settings in `.env`. @returns The settings. */
  .extend('registerShop', ({ ok, readEnv }) => async (): Promise<EnvFile> => {
    await ok('register --name Shop --env .env')
    return readEnv()
  })
  /** Replaces the value of a variable in `.env`. */
  .extend('setInEnv', ({ folder, write }) => (name: string, value: string): void => {
    const text = readFileSync(join(folder, '.env'), 'utf8')
    write(
      '.env',
      text.replace(new RegExp(`^${name}=.*$`, 'm'), () => `${name}=${value}`),
    )
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

import nodeCrypto from 'node:crypto'
import { createServer } from 'node:http'
import { syncBuiltinESMExports } from 'node:module'
import express, { type ErrorRequestHandler, type Express } from 'express'
import type { DevProvider } from 'identity-web-dev'
import { IdentityError } from 'identity-web'
import { ApiAuth, type ApiAuthOptions } from 'identity-web/express'
import { expect, onTestFinished, vi } from 'vitest'
import { givenOnly } from './given.ts'
import { close, listen, PATIENT_SECONDS } from './site.ts'

/** The response of an API. */
export interface ProtectedApiResponse {
  readonly status: number
  readonly headers: Headers
  /** The parameters of its `WWW-Authenticate: Bearer`; `undefined` without one. */
  readonly challenge: Readonly<Record<string, string>> | undefined
  /** The parsed JSON, or the body as a string. */
  readonly body: unknown
}

/** An Express application with an `ApiAuth` and its own origin, for one test. */
export interface ProtectedApi {
  readonly origin: string
  readonly app: Express
  readonly api: ApiAuth
  /** Every log line. */
  readonly logs: string[]
  /** The errors that reached the application's own error handler. */
  readonly errors: unknown[]
  /** Sends a request, with a bearer token or without. */
  call(path: string, token?: string, init?: RequestInit): Promise<ProtectedApiResponse>
}

/**
 * Starts an API for the app registration "Todos" of the provider. Its error handler returns the status of the library's
 * errors with `{ failed: code }`, and 500 for any other error.
 *
 * @param options - Options of `ApiAuth`. Those of the provider are already set.
 * @param routes - Declares the routes.
 */
export async function startProtectedApi(
  provider: DevProvider,
  options: ApiAuthOptions | ((origin: string) => ApiAuthOptions),
  routes: (app: Express, api: ApiAuth) => void,
): Promise<ProtectedApi> {
  const app = express()
  const server = createServer(app)
  const origin = await listen(server)
  onTestFinished(() => close(server))
  const logs: string[] = []
  const errors: unknown[] = []
  const log = (message: string, details?: object): void => {
    logs.push(`${message} ${JSON.stringify(details ?? {})}`)
  }
  const settings: ApiAuthOptions = givenOnly({
    authority: provider.authority(),
    clientId: provider.api.clientId,
    ...(provider.api.clientSecret !== undefined && {
      clientCredential: provider.api.clientSecret,
    }),
    audience: provider.api.idUri,
    // Not a logger, because that counts repetitions.
    logger: false,
    onEvent: ({ message, ...details }) => log(message, details),
    timeoutSeconds: PATIENT_SECONDS,
    ...(typeof options === 'function' ? options(origin) : options),
  })
  const api = new ApiAuth(app, settings)
  // Another API of this process can get the port, and has the metadata at the root of its origin then.
  onTestFinished(() => api.close())
  routes(app, api)
  const lastResort: ErrorRequestHandler = (error: unknown, _req, res, next) => {
    errors.push(error)
    if (res.headersSent) next(error)
    else if (IdentityError.is(error)) {
      res.status(error.status).json({ failed: error.code, message: error.message })
    } else res.status(500).json({ failed: String(error) })
  }
  app.use(lastResort)
  return {
    origin,
    app,
    api,
    logs,
    errors,
    async call(path, token, init = {}) {
      const headers = new Headers(init.headers)
      if (token !== undefined) headers.set('authorization', `Bearer ${token}`)
      const response = await fetch(origin + path, { redirect: 'manual', ...init, headers })
      const text = await response.text()
      return {
        status: response.status,
        headers: response.headers,
        challenge: toChallenge(response.headers.get('www-authenticate')),
        body: toBody(text),
      }
    },
  }
}

/** Returns the error of a failed call: its code if it is an `IdentityError`, else the error itself. */
export async function failureOf(task: Promise<unknown>): Promise<unknown> {
  const error: unknown = await task.then(
    () => expect.unreachable('It did not fail.'),
    (reason: unknown) => reason,
  )
  return IdentityError.is(error) ? error.code : error
}

/** A response to an error that reached the error handler. */
export const failed = (status: number, code: string) => ({ status, body: { failed: code } })

/** A response that tells the client to send another token. */
export const challenged = (status: number, error: string) => ({ status, challenge: { error } })

/** Returns how many signatures are verified during the action, by Node.js or by WebCrypto. */
export async function verificationsDuring(action: () => Promise<unknown>): Promise<number> {
  const spies = [vi.spyOn(crypto.subtle, 'verify'), vi.spyOn(nodeCrypto, 'verify')]
  // Named imports of the module see the spy only after this call.
  syncBuiltinESMExports()
  const count = (): number => spies.reduce((sum, { mock }) => sum + mock.calls.length, 0)
  const before = count()
  try {
    await action()
    return count() - before
  } finally {
    for (const spy of spies) spy.mockRestore()
    syncBuiltinESMExports()
  }
}

/** Sends a token that is accepted, and checks how many times its signature is verified. */
export async function expectVerifications(
  api: ProtectedApi,
  token: string,
  { times, path = '/' }: { times: number; path?: string },
): Promise<void> {
  const replies: ProtectedApiResponse[] = []
  const found = await verificationsDuring(async () => replies.push(await api.call(path, token)))
  expect([replies[0]?.status, found]).toEqual([200, times])
}

/** Sends a valid token until the API has cached it. The API must have loaded its documents. */
export async function cacheToken(api: ProtectedApi, token: string, path = '/'): Promise<void> {
  await api.call(path, token)
  await api.call(path, token)
  await expectVerifications(api, token, { times: 0, path })
}

function toChallenge(header: string | null): Record<string, string> | undefined {
  if (header === null || !/^Bearer( |$)/.test(header)) return undefined
  return Object.fromEntries(
    [...header.matchAll(/([a-z_]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  )
}

function toBody(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

import type { Request, Response } from 'express'
import type { IdentityError } from 'identity-web'
import { azureCredential, type AzureCredential } from 'identity-web/azure'
import type {
  ApiAuthOptions,
  AuthOptions,
  AuthorizationContext,
  LoginContext,
} from 'identity-web/express'
import { expect, vi } from 'vitest'
import type { Browser, BrowserResponse } from './browser.ts'
import { test as base } from './fixtures.ts'
import type { ProtectedApi, ProtectedApiResponse } from './protected-api.ts'
import { signIn, type Site } from './site.ts'
import { appsWithThings, THINGS } from './things.ts'

export { OBO, THINGS } from './things.ts'

export const CONTOSO = 'c0000000-0000-4000-8000-000000000001'
export const FABRIKAM = 'fab00000-0000-4000-8000-000000000002'
export const TODOS = 'api://todos.contoso.example'
export const GRAPH_DEFAULT = 'https://graph.microsoft.com/.default'
export const THINGS_DEFAULT = `${THINGS}/.default`
export const LONG_RUNNING_SECRET = 'MARKED-long-running-secret-of-the-tests-0123456789'
export const NBF = '{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}'
export const ACRS = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}'

/** The kinds of sources. */
export const KINDS = ['user', 'caller', 'process', 'application'] as const
export type Kind = (typeof KINDS)[number]

type WithSession<Result> = (context: LoginContext, req: Request, res: Response) => Result
type WithCaller<Result> = (context: AuthorizationContext, req: Request, res: Response) => Result

/** A site whose route `/work` does the work of a test. */
export interface WorkSite {
  readonly site: Site
  readonly browser: Browser
  /** The errors that reached the error handler of the application. */
  readonly errors: unknown[]
  /** Does work in the handler of a request, and returns its result. The work handles its errors. */
  inside<Result>(work: WithSession<Result>, browser?: Browser): Promise<Awaited<Result>>
  /** Does work in the handler of a request, which throws the error of the work. Returns the response. */
  respond(work: WithSession<unknown>, browser?: Browser): Promise<BrowserResponse>
}

/** An API whose route `/work` does the work of a test for a caller. */
export interface WorkApi extends ProtectedApi {
  inside<Result>(token: string, work: WithCaller<Result>): Promise<Awaited<Result>>
  respond(token: string, work: WithCaller<unknown>): Promise<ProtectedApiResponse>
}

/** Runs work, and keeps its result for the test. */
function toResult<Args extends readonly unknown[], Result>(
  work: (...args: Args) => Result,
): { readonly run: (...args: Args) => Promise<void>; readonly result: Promise<Awaited<Result>> } {
  const { promise, resolve, reject } = withResolvers<Awaited<Result>>()
  promise.catch(() => undefined)
  const run = async (...args: Args): Promise<void> => {
    try {
      resolve(await work(...args))
    } catch (error) {
      reject(error)
    }
  }
  return { run, result: promise }
}

/** `Promise.withResolvers` does not exist in Node.js 20. */
export function withResolvers<T>(): {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void
  readonly reject: (error: unknown) => void
} {
  let resolve!: (value: T) => void
  let reject!: (error: unknown) => void
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve
    reject = onReject
  })
  return { promise, resolve, reject }
}

/** Moves the time in which an SDK passes a token or an error on. The clocks of the sites and the provider do not change. */
export function later(milliseconds: number): void {
  const now = Date.now() + milliseconds
  vi.useFakeTimers({ toFake: ['Date'], now })
}

/** An error of a wrong configuration whose message contains these words. */
export const configurationError = (words: string) => ({
  code: 'configuration',
  message: expect.stringContaining(words) as string,
})

/** Returns the error of a call. */
export async function errorOf(call: () => unknown): Promise<IdentityError> {
  try {
    await call()
  } catch (error) {
    return error as IdentityError
  }
  return expect.unreachable('The call did not fail.')
}

/** Vitest's `test` with sites and APIs that use credentials. */
export const test = base
  .extend('providerOptions', {
    config: {
      apps: appsWithThings({
        app: {
          preauthorized: [`${THINGS}/Things.Read`],
          appPermissions: [`${TODOS}/Todos.Read.All`, `${THINGS}/Things.Read.All`],
        },
        todos: {
          preauthorized: ['User.Read', 'Calendars.Read', `${THINGS}/Things.Read`],
          appPermissions: [`${THINGS}/Things.Read.All`],
        },
        things: { appRoles: ['Things.Read.All'] },
      }),
    },
  })
  /** The access token with which Alex calls the API. */
  .extend('alexToken', ({ provider }) => provider.accessToken({ as: 'alex' }))
  /** Starts a site, and signs Alex in with the scope User.Read. */
  .extend(
    'openSiteWith',
    ({ openSite, provider }) =>
      async (options: AuthOptions = {}, scopes?: string): Promise<WorkSite> => {
        const site = await openSite(options)
        const errors: unknown[] = []
        let work: WithSession<unknown> = () => undefined
        const handler: WithSession<Promise<void>> = async (context, req, res) => {
          const result = await work(context, req, res)
          if (!res.headersSent) res.json(result ?? null)
        }
        const guarded =
          scopes === undefined
            ? site.auth.loginRequired((req, res, context) => handler(context, req, res))
            : site.auth.loginRequired({ scopes }, (req, res, context) => handler(context, req, res))
        site.app.get('/work', guarded)
        site.app.use((error: unknown, _req: Request, res: Response, _next: unknown) => {
          errors.push(error)
          if (!res.headersSent) res.status(500)
          res.end('FAILED')
        })
        const browser = await signIn(site, provider, { path: '/token' })
        const respond: WorkSite['respond'] = (next, by = browser) => {
          work = next
          return by.navigate(`${site.origin}/work`)
        }
        return {
          site,
          browser,
          errors,
          respond,
          async inside<Result>(next: WithSession<Result>, by?: Browser): Promise<Awaited<Result>> {
            const { run, result } = toResult(next)
            const { status, text } = await respond(run, by)
            expect({ status, text }).toMatchObject({ status: 200 })
            return result
          },
        }
      },
  )
  .extend('workSite', ({ openSiteWith }) => openSiteWith())
  /** Starts an API that users and applications can call. */
  .extend(
    'openApiWith',
    ({ openApi }) =>
      async (options: ApiAuthOptions = {}): Promise<WorkApi> => {
        let work: WithCaller<unknown> = () => undefined
        const api = await openApi(options, (express, auth) => {
          const callers = { scopes: ['Todos.Read'], appPermissions: ['Todos.Read.All'] }
          express.get(
            '/work',
            auth.authorizationRequired(callers, async (req, res, context) => {
              const result = await work(context, req, res)
              if (!res.headersSent) res.json(result ?? null)
            }),
          )
        })
        const respond: WorkApi['respond'] = (token, next) => {
          work = next
          return api.call('/work', token)
        }
        return {
          ...api,
          respond,
          async inside<Result>(token: string, next: WithCaller<Result>): Promise<Awaited<Result>> {
            const { run, result } = toResult(next)
            expect(await respond(token, run)).toMatchObject({ status: 200 })
            return result
          },
        }
      },
  )
  .extend('workApi', ({ openApiWith }) => openApiWith())
  /** Does work with credentials of a kind of source. The first parameter of the work creates another one. */
  .extend(
    'using',
    ({ openSiteWith, openApiWith, provider }) =>
      async <Result>(
        kind: Kind,
        work: (create: () => AzureCredential) => Promise<Result>,
        options: ApiAuthOptions = {},
      ): Promise<Result> => {
        if (kind === 'user') {
          const { inside } = await openSiteWith()
          return inside((context) => work(() => azureCredential(context)))
        }
        const api = await openApiWith({
          longRunning: { store: new Map(), secret: LONG_RUNNING_SECRET },
          ...options,
        })
        const alex = await provider.accessToken({ as: 'alex' })
        if (kind === 'caller') {
          return api.inside(alex, (context) => work(() => azureCredential(context)))
        }
        if (kind === 'application') return work(() => azureCredential(api.api))
        const longRunningKey = await api.inside(alex, (context) =>
          context.startLongRunningProcess(GRAPH_DEFAULT),
        )
        return work(() => azureCredential(api.api, { longRunningKey }))
      },
  )
  /** The token requests since the last call, by their claims. */
  .extend('tokenRequests', ({ provider }) => {
    let seen = 0
    return (): unknown[] => {
      const all = provider.requests.filter(({ endpoint }) => endpoint === 'token')
      const fresh = all.slice(seen)
      seen = all.length
      return fresh.map(({ params }) => params?.['claims'] ?? null)
    }
  })

export { describe, expect, vi } from 'vitest'

import { build } from 'esbuild'
import type { LambdaEvent } from 'identity-web/aws-lambda'
import { Miniflare } from 'miniflare'
import { Browser } from '../support/browser.ts'
import { describe, expect, test as base, vi } from '../support/fixtures.ts'
import { freePort } from '../support/port.ts'
import { serveRequests } from '../support/request-server.ts'
import { SESSION_SECRET, sendToCallback, signIn, startSignIn } from '../support/site.ts'
import { serveLambda, type Handler } from './api-gateway.ts'
import { startFunctions } from './functions-host.ts'
import type { FunctionsLibrary } from './functions-worker.ts'
import { load, snippetWith, toFile } from './guide.ts'

// The code of docs/serverless.md, as it is there.

type Respond = (request: Request) => Promise<Response>

interface Site {
  readonly origin: string
  close(): Promise<void>
}

const test = base
  /** The variables of the page, for a redirect URI. */
  .extend('variables', ({ provider }) => (redirectUri: string): Record<string, string> => ({
    IDENTITY_AUTHORITY: provider.authority(),
    IDENTITY_CLIENT_ID: provider.app.clientId,
    IDENTITY_CLIENT_SECRET: provider.app.clientSecret ?? '',
    IDENTITY_REDIRECT_URI: redirectUri,
    IDENTITY_SESSION_SECRET: SESSION_SECRET,
  }))
  .extend('setVariables', ({ variables }) => (redirectUri: string): void => {
    for (const [name, value] of Object.entries(variables(redirectUri))) vi.stubEnv(name, value)
  })
  /** Serves the exports of a snippet over HTTP. */
  .extend('serveModule', ({ setVariables }, { onCleanup }) => {
    return async <Module>(code: string, toRespond: (module: Module) => Respond): Promise<Site> => {
      let respond: Respond | undefined
      const site = await serveRequests((request) => respond?.(request) as Promise<Response>)
      onCleanup(() => site.close())
      setVariables(`${site.origin}/redirect`)
      respond = toRespond(await load<Module>(code))
      return site
    }
  })
  /** Signs in, opens the page and signs out. */
  .extend('visit', ({ provider }) => {
    return async (site: { readonly origin: string }, path = '/', logout = '/logout') => {
      const browser = await signIn(site, provider, { path })
      const page = await browser.navigate(site.origin + path)
      const out = await browser.navigate(site.origin + logout)
      const after = await browser.script(site.origin + path)
      expect(out.location).toContain('/logout?')
      expect(after.status).toBe(401)
      return page
    }
  })

describe('the code of the guide for', () => {
  test('Azure Functions', async ({ setVariables, visit, onTestFinished }) => {
    const host = await startFunctions(async (library, origin) => {
      setVariables(`${origin}/api/auth/redirect`)
      await loadFunctions(snippetWith('Azure Functions', 'auth.handler'), library)
    })
    onTestFinished(() => host.close())

    const page = await visit({ origin: `${host.origin}/api` }, '/account', '/auth/logout')

    expect(page.json()).toEqual({ name: 'Alex Rivera' })
    expect(host.logs).toContain('information: The account was opened.')
  })

  test('Azure Functions without a sign-in', async ({ setVariables, onTestFinished }) => {
    const host = await startFunctions(async (library, origin) => {
      setVariables(`${origin}/api/auth/redirect`)
      await loadFunctions(snippetWith('Azure Functions', 'getUser'), library)
    })
    onTestFinished(() => host.close())

    expect((await new Browser().navigate(`${host.origin}/api/home`)).text).toBe('Welcome')
  })

  test('an API on Azure Functions', async ({ provider, onTestFinished }) => {
    vi.stubEnv('IDENTITY_AUTHORITY', provider.authority())
    vi.stubEnv('IDENTITY_CLIENT_ID', provider.api.clientId)
    vi.stubEnv('IDENTITY_AUDIENCE', provider.api.idUri)
    const host = await startFunctions((library) =>
      loadFunctions(snippetWith('Azure Functions', 'ApiAuth'), library),
    )
    onTestFinished(() => host.close())
    const accessToken = await provider.accessToken({
      authority: provider.authority(),
      api: provider.api.idUri,
      as: 'alex',
      scopes: ['Todos.Read'],
    })
    const url = `${host.origin}/api/todos`

    const todos = await new Browser().script(url, {
      headers: { authorization: `Bearer ${accessToken}` },
    })

    expect(todos.json()).toEqual({ todosOf: provider.user('alex').oid })
    expect((await new Browser().script(url)).status).toBe(401)
  })

  test.for([
    ['AWS Lambda', 'toLambdaHandler'],
    ['With Hono', 'hono/aws-lambda'],
  ] as const)('%s', async ([heading, text], { setVariables, visit, onTestFinished }) => {
    let handler: Handler | undefined
    const site = await serveLambda(
      (event: LambdaEvent, context) => handler?.(event, context) as ReturnType<Handler>,
    )
    onTestFinished(() => site.close())
    setVariables(`${site.origin}/redirect`)
    handler = (await load<{ handler: Handler }>(snippetWith(heading, text))).handler

    expect((await visit(site)).text).toBe('Hello, Alex Rivera')
  })

  test('Cloudflare Workers, in workerd', async ({ provider, variables, visit, onTestFinished }) => {
    const { outputFiles } = await build({
      entryPoints: [toFile(snippetWith('Cloudflare Workers', 'env'))],
      bundle: true,
      write: false,
      format: 'esm',
      target: 'es2022',
      conditions: ['workerd', 'worker', 'browser'],
      tsconfigRaw: {},
      logLevel: 'error',
    })
    const port = await freePort()
    const worker = new Miniflare({
      modules: true,
      script: outputFiles[0]?.text ?? '',
      compatibilityDate: '2025-03-01',
      host: 'localhost',
      port,
      bindings: variables(`http://localhost:${port}/redirect`),
    })
    onTestFinished(() => worker.dispose())
    await worker.ready

    expect((await visit({ origin: `http://localhost:${port}` })).text).toBe('Hello, Alex Rivera')
    expect(provider.app.clientId).toBeTruthy()
  })

  test('Vercel with a fetch export', async ({ serveModule, visit }) => {
    const site = await serveModule<{ default: { fetch: Respond } }>(
      snippetWith('Vercel', 'export default'),
      ({ default: { fetch } }) => fetch,
    )

    expect((await visit(site)).text).toBe('Hello, Alex Rivera')
  })

  test('Vercel with an export for each method', async ({ serveModule, visit, provider }) => {
    const site = await serveModule<Readonly<Record<string, Respond>>>(
      snippetWith('Vercel', 'export const POST'),
      (methods) => async (request) =>
        methods[request.method]?.(request) ?? new Response(null, { status: 405 }),
    )

    expect((await visit(site)).text).toBe('Hello, Alex Rivera')

    // The form of the page that asks a user before a sign-out from another site.
    const browser = await signIn(site, provider)
    const { origin } = site
    const out = await browser.navigate(`${origin}/logout`, { method: 'POST', headers: { origin } })
    expect(out.location).toContain('/logout?')
  })

  test('Netlify', async ({ serveModule, visit }) => {
    type Handle = (request: Request, context: object) => Promise<Response>
    const site = await serveModule<{ default: Handle; config: { path: string } }>(
      snippetWith('Netlify', 'preferStatic'),
      ({ default: respond, config }) => {
        expect(config.path).toBe('/*')
        return (request) => respond(request, { params: {}, requestId: 'id' })
      },
    )

    expect((await visit(site)).text).toBe('Hello, Alex Rivera')
  })

  test('edge functions of Netlify', async ({ serveModule, visit, variables }) => {
    let origin = ''
    // Edge functions do not have the variables in `process.env`.
    const env = { toObject: () => variables(`${origin}/redirect`) }
    vi.stubGlobal('Netlify', { env })
    const code = snippetWith('Netlify', 'Netlify.env')
    let respond: Respond | undefined
    const site = await serveModule<object>('export {}', () => (request) => {
      if (respond === undefined) throw new Error('The function is not loaded.')
      return respond(request)
    })
    origin = site.origin
    vi.unstubAllEnvs()
    respond = (await load<{ default: Respond }>(code)).default

    expect((await visit(site)).text).toBe('Hello, Alex Rivera')
  })
})

test('an instance that starts later accepts the session of another instance', async ({
  serveModule,
  setVariables,
  provider,
}) => {
  const code = snippetWith('Vercel', 'export default')
  const instances: Respond[] = []
  let calls = 0
  const site = await serveModule<{ default: { fetch: Respond } }>(code, (module) => {
    instances.push(module.default.fetch)
    return (request) => (instances[(calls += 1) % instances.length] as Respond)(request)
  })
  setVariables(`${site.origin}/redirect`)
  instances.push((await load<{ default: { fetch: Respond } }>(code)).default.fetch)
  const browser = new Browser()

  // The sign-in starts at one instance, and completes at the other one.
  await sendToCallback(browser, await startSignIn(site, provider, browser))
  const pages = [
    await browser.navigate(`${site.origin}/`),
    await browser.navigate(`${site.origin}/`),
  ]

  expect(pages.map(({ text }) => text)).toEqual(['Hello, Alex Rivera', 'Hello, Alex Rivera'])
})

/** Loads an application of Azure Functions, with the copy of `@azure/functions` of its worker. */
async function loadFunctions(code: string, library: FunctionsLibrary): Promise<void> {
  vi.stubGlobal('functionsLibrary', library)
  const own = toFile('export const { app } = (globalThis as any).functionsLibrary')
  await load(code.replace("'@azure/functions'", `'${own}'`))
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { startOnServer } from '../../src/nuxt/app.ts'
import identityModule from '../../src/nuxt/index.ts'
import { errorsTemplate } from '../../src/nuxt/templates.ts'

// `npm run -C maintain hosts -- nuxt` and `npm run -C maintain create -- nuxt` run the module in Nuxt.

/** Runs the module in an empty application, and returns the options and the hooks of the application. */
function start() {
  const folder = mkdtempSync(join(tmpdir(), 'identity-web-nuxt-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'server/utils'), { recursive: true })
  writeFileSync(join(folder, 'server/utils/auth.ts'), '')
  const options = {
    buildDir: `${folder}/.nuxt`,
    serverDir: `${folder}/server`,
    ssr: true,
    plugins: [],
    serverHandlers: [],
    build: { templates: [] as { readonly dst: string }[] },
    nitro: { externals: { inline: ['their-package'] } },
  }
  const hooks = new Map<string, (...args: any[]) => void>()
  identityModule({}, { options, hook: (name, act) => hooks.set(name, act) })
  return { folder, options, hooks }
}

test('Nitro compiles the generated files in development too', () => {
  const { folder, options } = start()

  // Without it, Node.js imports them and cannot load server/utils/auth.ts.
  expect(options.nitro.externals.inline).toEqual(['their-package', `${folder}/.nuxt/identity-web`])
  for (const { dst } of options.build.templates)
    expect(dst.startsWith(`${folder}/.nuxt/identity-web/`)).toBe(true)
})

test('pages import $fetch from a file that wraps the $fetch of Nuxt', () => {
  const ofNuxt = { filename: 'fetch.mjs', getContents: () => 'that of Nuxt' }
  const app = { templates: [ofNuxt] }
  start().hooks.get('app:templates')?.(app)
  const files = app.templates.map(({ filename, getContents }) => [filename, getContents()])

  expect(files).toEqual([
    ['identity-web/fetch-of-nuxt.mjs', 'that of Nuxt'],
    ['fetch.mjs', expect.stringContaining("import '#build/identity-web/fetch-of-nuxt.mjs'")],
  ])
  // Nuxt uses its template again for the next build.
  expect(ofNuxt.getContents()).toBe('that of Nuxt')
})

test('an error gets the response of a guard, unless the response has started', async () => {
  const { folder } = start()
  mkdirSync(join(folder, 'node_modules/h3'), { recursive: true })
  const files = {
    'node_modules/h3/package.json': '{ "exports": "./index.mjs" }',
    'node_modules/h3/index.mjs': 'export const sendWebResponse = (_event, response) => response',
    'auth.mjs': "export const auth = { toResponse: async () => 'the sign-in' }",
    'errors.mjs': errorsTemplate({ auth: './auth.mjs' }),
  }
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text)
  const plugin = (await import(pathToFileURL(join(folder, 'errors.mjs')).href)) as {
    readonly default: (nitro: object) => void
  }
  const failure = new Error('failed')
  const h3App = {
    async handler(_event: object): Promise<unknown> {
      throw failure
    },
  }
  plugin.default({ h3App })
  const eventWith = (headersSent: boolean): object => ({ node: { res: { headersSent } } })

  expect(await h3App.handler(eventWith(false))).toBe('the sign-in')
  await expect(h3App.handler(eventWith(true))).rejects.toBe(failure)
})

test('another version of Nuxt is an error that says what to install', () => {
  expect(() => start().hooks.get('app:templates')?.({ templates: [] })).toThrow('Install nuxt@4.')
})

test('a guarded page is not rendered if auth.handle did not run', async () => {
  type Guard = (to: { path: string; fullPath: string; meta: object }) => unknown
  const guardIn = async (payload: object): Promise<Guard | undefined> => {
    let guard: Guard | undefined
    const nuxt = { addRouteMiddleware: (_name: string, added: Guard) => (guard = added) }
    const plugin = { nuxtApp: { payload }, nuxt } as unknown as Parameters<typeof startOnServer>[0]
    const event = { context: {}, $fetch: () => Promise.resolve() }
    const identity = await startOnServer(plugin, event, false)
    expect(identity.user).toBeUndefined()
    return guard
  }
  const page = { path: '/account', fullPath: '/account' }
  const guard = await guardIn({})

  for (const loginRequired of [true, { roles: ['Admin'] }]) {
    await expect(guard?.({ ...page, meta: { loginRequired } })).rejects.toThrow(
      'auth.handle did not run for this request',
    )
  }
  expect(await guard?.({ ...page, meta: {} })).toBeUndefined()
  // The page of an error is not guarded.
  expect(await guardIn({ error: new Error('x') })).toBeUndefined()
})

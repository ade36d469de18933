import { cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type AppConfig, defaultConfig, type DevProvider } from 'identity-web-dev'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { test as base } from '../../packages/dev-provider/test/support/fixtures.ts'
import {
  emptyProject,
  freePort,
  installPackages,
  openProject,
  type Environment,
} from '../hosts/support/project.ts'
import { signIn } from '../hosts/support/walk.ts'
import type { Side } from './support.ts'

// Angular 22 needs Node.js 22.22.3, or 24.
const NODE = 24
const root = fileURLToPath(new URL('../../', import.meta.url))
const [web, todosApi] = defaultConfig.apps as [AppConfig, AppConfig, ...AppConfig[]]

/** The registration of the application before the move. A page in the browser cannot keep a secret. */
const spa: AppConfig = {
  clientId: '44444444-5555-4666-8777-888888888888',
  name: 'My single-page application',
  redirectUris: 'loopback',
}

/** What the applications of a library need from the test. */
export interface AngularMigration {
  readonly library: string
  /** The files of the application with the old library that contain its settings, if the folder has that application. */
  readonly settings?: (urls: Urls) => Readonly<Record<string, string>>
  /** The settings of the API and of the server, in addition to those of `identity-web`. */
  env(urls: Urls): Environment
}

export interface Urls {
  readonly provider: DevProvider
  /** The client ID of the single-page application. */
  readonly spaId: string
  /** The URL of the application. */
  readonly app: string
  /** The URL of the API. */
  readonly api: string
}

/** Vitest's `test` that builds an Angular application with the Angular CLI, starts it, and opens it in Chromium. */
export const angularTest = ({ library, settings, env }: AngularMigration) =>
  base
    .override('providerOptions', {
      // MSAL.js requires https.
      tls: true,
      config: { ...defaultConfig, apps: [web, todosApi, spa] },
    })
    .extend('start', { scope: 'file' }, ({ fileProvider: { provider } }, { onCleanup }) => {
      const ends: (() => Promise<void>)[] = []
      onCleanup(async () => void (await Promise.allSettled(ends.map((end) => end()))))
      const started = new Map<Side, Promise<string>>()
      const startOnce = async (side: Side): Promise<string> => {
        const folder = install(library, side)
        const project = openProject(folder, NODE)
        const [port, apiPort] = [await freePort(), await freePort()]
        const app = `http://localhost:${port}`
        const urls = { provider, spaId: spa.clientId, app, api: `http://localhost:${apiPort}` }
        if (side === 'before')
          for (const [path, text] of Object.entries(settings?.(urls) ?? {}))
            project.write(path, text)
        project.write('ca.pem', provider.certificate ?? '')
        const common = { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'), ...env(urls) }
        if (side === 'after') project.run(['ng', 'build'])
        const api = { ...common, PORT: String(apiPort) }
        const server = {
          ...common,
          PORT: String(port),
          IDENTITY_CLIENT_ID: web.clientId,
          IDENTITY_CLIENT_SECRET: web.clientSecret ?? '',
          IDENTITY_REDIRECT_URI: `${app}/callback`,
          IDENTITY_SESSION_SECRET: 'a secret for the tests of the migrations',
        }
        const command =
          side === 'before'
            ? ['ng', 'serve', '--port', String(port), '--live-reload=false']
            : ['node', 'server.js']
        const running = [
          project.start(['node', 'api.js'], urls.api, api),
          project.start(command, app, server),
        ]
        ends.push(...running.map((one) => async () => (await one).close()))
        await Promise.all(running)
        return app
      }
      /** Starts an application and its API, once for the tests of a file. */
      return (side: Side): Promise<string> => {
        const running = started.get(side) ?? startOnce(side)
        started.set(side, running)
        return running
      }
    })
    /** Opens a page of an application. */
    .extend('visit', ({ openPage, provider }) => async (app: string): Promise<Page> => {
      const page = await openPage({ ignoreHTTPSErrors: true })
      await allowCors(page, provider)
      page.setDefaultTimeout(20_000)
      await page.goto(app)
      return page
    })

/** Copies an application to `.artifacts`, so that the test can change its settings. */
function install(library: string, side: Side): string {
  const source = `${root}examples/migrations/${library}/${side}`
  const folder = `${root}.artifacts/migrations/${library}/${side}`
  emptyProject(folder)
  cpSync(source, folder, {
    recursive: true,
    filter: (path) => !/[/\\](node_modules|dist|\.angular)$/.test(path),
  })
  if (side === 'after') installPackages(folder, NODE)
  // `npm run -C maintain migrations` has installed the packages of the lockfile.
  else if (!existsSync(`${folder}/node_modules`))
    symlinkSync(`${source}/node_modules`, `${folder}/node_modules`)
  return folder
}

/**
 * Adds the CORS headers that Entra ID and Microsoft Graph send to single-page applications. The development provider does
 * not send them, because it is for applications with a server.
 */
async function allowCors(page: Page, { origin }: DevProvider): Promise<void> {
  await page.context().route(
    (found) => found.origin === origin && /\/token$|\/v1\.0\//.test(found.pathname),
    async (route) => {
      const response = await route.fetch()
      const headers = { ...response.headers(), 'access-control-allow-origin': '*' }
      await route.fulfill({ response, headers })
    },
  )
}

/** Tests that a user can do the same before and after the move. `profile` is the text of the page "Profile". */
export function visitsTodos(
  test: ReturnType<typeof angularTest>,
  side: Side,
  { profile }: { readonly profile: string },
): void {
  test('a user signs in, reads the profile, calls the API, and signs out', async ({
    start,
    visit,
  }) => {
    const app = await start(side)
    const page = await visit(app)
    const name = page.getByText('Alex Rivera')
    const signInButton = page.getByRole('button', { name: 'Sign in' })
    await signInButton.click()
    await signIn(page, name)
    await name.waitFor()
    expect(new URL(page.url()).pathname).toBe('/')
    expect(await hasTokens(page)).toBe(side === 'before')

    await page.getByRole('link', { name: 'Profile' }).click()
    await page.getByText(profile).waitFor()
    await page.getByRole('link', { name: 'Todos' }).click()
    const title = page.getByRole('textbox')
    // The list appears after the response of the API.
    await consent(page, page.locator('ul'))
    await title.fill('Water the plants')
    await page.getByRole('button', { name: 'Add' }).click()
    await page.getByRole('listitem').getByText('Water the plants').waitFor()
    expect(new URL(page.url()).pathname).toBe('/todos')

    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(({ origin, pathname }) => origin === app && pathname === '/')
    await signInButton.waitFor()
  })

  test('a visitor of a guarded page returns to it after the sign-in', async ({ start, visit }) => {
    const app = await start(side)
    const page = await visit(`${app}/todos`)
    await signIn(page, page.getByText('Alex Rivera'))
    await consent(page, page.locator('ul'))
    await page.locator('ul').waitFor({ state: 'attached' })
    expect(page.url()).toBe(`${app}/todos`)
  })
}

/** Returns the public members of types of the old library. */
export function membersOf(declarations: string, types: readonly string[]): string[] {
  const text = readFileSync(`${root}examples/migrations/${declarations}`, 'utf8')
  return types.flatMap((type) => {
    const body = new RegExp(`^(?:declare |abstract )*(?:class|type) ${type}\\b[^]*?^}`, 'm').exec(
      text,
    )
    expect(body).not.toBeNull()
    const members = (body?.[0] ?? '').matchAll(/^ {4}(?!constructor)(\w+)\??[:<(]/gm)
    return [...members].map(([, name = '']) => name)
  })
}

/** Returns the names that a guide does not contain. */
export function missingIn(guide: string, names: readonly string[]): string[] {
  const text = readFileSync(`${root}docs/${guide}`, 'utf8')
  return names.filter((name) => !new RegExp(`\\b${name}\\b`).test(text))
}

/** Returns whether the scripts of a page can read anything that the library stored. */
async function hasTokens(page: Page): Promise<boolean> {
  const stored = await page.evaluate(
    () => document.cookie + JSON.stringify([localStorage, sessionStorage]),
  )
  return /access_?token/i.test(stored)
}

/** Accepts the permissions that a page asks for, unless the user has accepted them already. */
async function consent(page: Page, shown: Locator): Promise<void> {
  const accept = page.getByRole('button', { name: /accept/i })
  await accept.or(shown).first().waitFor({ state: 'attached' })
  if (await accept.isVisible()) await accept.click()
}

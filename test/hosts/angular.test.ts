import type { Page } from 'playwright-core'
import { describe, expect, onTestFinished } from 'vitest'
import { hasChromium } from '../chromium.ts'
import { newProject } from '../create/support/create-project.ts'
import { test as base } from './support/fixtures.ts'
import { freePort, type Project } from './support/project.ts'
import { settingsOf } from './support/serve.ts'
import { saveNote, signIn, walkThrough } from './support/walk.ts'

// Angular 22 needs Node.js 22.22.3, or 24.
const NODE = 24

/** The API of the pages below. */
const API_ROUTES = `app.get('/api/me', auth.loginRequired((_req, res, { user }) => void res.json({ name: user.name })))
app.post('/api/note', auth.loginRequired(), express.json(), (req, res) => void res.json(req.body))
app.get('/api/staff', auth.loginRequired({ roles: ['Nobody.HasThis'] }), (_req, res) => void res.json({}))
`

const FORM = `</details>
    <form (submit)="save($event, note.value)">
      <input #note name="note" aria-label="note" required />
      <button type="submit" [disabled]="!isReady()">Save</button>
    </form>
    @if (saved()) {
      <p role="status">Saved: {{ saved() }}</p>
    }`

const SAVE = `export class Account {
  readonly #http = inject(HttpClient)
  protected readonly saved = signal('')
  protected readonly isReady = signal(false)

  constructor() {
    // Until Angular runs in the browser, the browser would send the form itself, and put the note into the URL.
    afterNextRender(() => this.isReady.set(true))
  }

  protected save(event: Event, note: string): void {
    event.preventDefault()
    this.#http.post('/api/note', { note }).subscribe(() => this.saved.set(note))
  }
`

/** A new project with a form on the account page. */
const createWithForm = (basePath = '/'): Project =>
  newProject('angular', ({ edit }) => {
    edit('src/server.ts', ['// Users without', `${API_ROUTES}\n// Users without`])
    edit(
      'src/app/pages.ts',
      [
        'import { inject, RESPONSE_INIT }',
        'import { afterNextRender, inject, RESPONSE_INIT, signal }',
      ],
      ['import { httpResource }', 'import { HttpClient, httpResource }'],
      [/<\/details>(?=\s*`,\s*}\)\s*export class Account)/g, FORM],
      ['export class Account {', SAVE],
    )
    const guard = "auth.loginRequired({ scopes: ['User.Read', 'Mail.Read'] })"
    edit('src/server.ts', ["'/api/call_api',", `'/api/call_api', ${guard},`])
    if (basePath === '/') return
    edit(
      'src/server.ts',
      ["'/api/", `'${basePath}/api/`],
      ['app.use(express.static', `app.use('${basePath}', express.static`],
    )
    edit('src/app/pages.ts', ["'/api/", "'api/"])
  })

walkThrough({
  name: 'angular',
  node: NODE,
  create: createWithForm,
  build: ['sh', '-c', 'ng build --base-href "${BASE_PATH%/}/"'],
  serve: ['npm', 'start'],
})

/** Pages that a new project does not have. */
const FILES: Readonly<Record<string, string>> = {
  'src/app/app.routes.ts': `import { type Routes } from '@angular/router'
import { signedIn } from 'identity-web/angular'
import { About, Forbidden, Late, Notes, Staff } from './more'
import { Account, Home } from './pages'

export const routes: Routes = [
  { path: '', component: Home },
  { path: 'account', component: Account, canActivate: [signedIn()] },
  { path: 'notes', component: Notes, canMatch: [signedIn()] },
  { path: 'staff', component: Staff, canActivate: [signedIn()] },
  { path: 'managers', component: Staff, canActivate: [signedIn({ allow: () => false, otherwise: '/forbidden' })] },
  { path: 'forbidden', component: Forbidden },
  { path: 'about', component: About },
  { path: 'late', component: Late },
]
`,
  'src/app/more.ts': `import { HttpClient, HttpErrorResponse } from '@angular/common/http'
import { Component, inject, signal } from '@angular/core'
import { RouterLink } from '@angular/router'
import { injectSession, LoginRequired } from 'identity-web/angular'

@Component({ template: '<h1>You may not see this page</h1>' })
export class Forbidden {}

@Component({ template: '<h1>About</h1><p id="user">{{ session.status() }}: {{ session.user()?.name }}</p>' })
export class About {
  protected readonly session = injectSession()
}

@Component({ template: '<p id="late">{{ session.user()?.name ?? "a visitor" }}</p><button (click)="clicks.set(clicks() + 1)">Clicked {{ clicks() }}</button>', selector: 'app-late-part' })
export class LatePart {
  protected readonly session = injectSession()
  protected readonly clicks = signal(0)
}

@Component({
  imports: [LatePart],
  template: '<h1>Late</h1><p id="early">{{ session.user()?.name ?? "a visitor" }}</p>@defer (on idle; hydrate on interaction; hydrate when !session.isSignedIn()) { <app-late-part /> }',
})
export class Late {
  protected readonly session = injectSession()
}

@Component({
  template: '<h1>Staff</h1><button (click)="ask()">Ask</button><p role="status">{{ result() }}</p>',
})
export class Staff {
  readonly #http = inject(HttpClient)
  protected readonly result = signal('')
  protected ask() {
    this.#http.get('/api/staff').subscribe({
      error: (error) => this.result.set(error instanceof HttpErrorResponse ? 'status ' + error.status : String(error)),
    })
  }
}

@Component({
  imports: [RouterLink],
  template: '<h1>Notes</h1><a routerLink="/">Home</a><input #note aria-label="note" /><button (click)="save(note.value)">Save</button><button (click)="session.logout()">Sign out</button><p role="status">{{ result() }}</p>@if (session.status() === "expired") { <p>Your session has ended.</p> }',
})
export class Notes {
  readonly #http = inject(HttpClient)
  protected readonly session = injectSession()
  protected readonly result = signal('')
  protected save(note: string) {
    this.#http.post('/api/note', { note }).subscribe({
      next: () => this.result.set('Saved: ' + note),
      error: (error) => this.result.set(error instanceof LoginRequired ? 'Sign in in another tab, and save again.' : String(error)),
    })
  }
}
`,
  'src/app/app.config.ts': `import { provideHttpClient, withFetch, withInterceptors } from '@angular/common/http'
import { type ApplicationConfig } from '@angular/core'
import { provideClientHydration, withIncrementalHydration } from '@angular/platform-browser'
import { provideRouter } from '@angular/router'
import { identityInterceptor, provideIdentity } from 'identity-web/angular'
import { routes } from './app.routes'

export const appConfig: ApplicationConfig = {
  providers: [
    provideRouter(routes),
    provideClientHydration(withIncrementalHydration()),
    provideHttpClient(withFetch(), withInterceptors([identityInterceptor])),
    provideIdentity(),
  ],
}
`,
  'src/app/app.config.server.ts': `import { mergeApplicationConfig } from '@angular/core'
import { provideServerRendering, RenderMode, withRoutes } from '@angular/ssr'
import { appConfig } from './app.config'

export const config = mergeApplicationConfig(appConfig, {
  providers: [
    provideServerRendering(
      withRoutes([
        { path: 'about', renderMode: RenderMode.Prerender },
        { path: '**', renderMode: RenderMode.Server, headers: { 'Cache-Control': 'public, max-age=600' } },
      ]),
    ),
  ],
})
`,
}

/** Loads zone.js, as older applications do, and moves the clock of the server forward by the seconds in a file. */
const PRELOAD = `import ${JSON.stringify(import.meta.resolve('zone.js/node'))}
import { readFileSync } from 'node:fs'
const real = Date.now
Date.now = () => real() + 1000 * Number(readFileSync('seconds', 'utf8'))
console.log('Zone: ' + typeof Zone)
`

const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('project', { scope: 'file' }, ({}): Project => createWithForm())
  .extend('site', { scope: 'file' }, async ({ project, fileProvider }, { onCleanup }) => {
    const port = await freePort()
    const url = `http://localhost:${port}`
    for (const [path, text] of Object.entries(FILES)) project.write(path, text)
    // Without settings, as in CI.
    const built = project.run(['npm', 'run', 'build'])
    project.write('preload.mjs', PRELOAD)
    project.write('seconds', '0')
    const server = await project.start(['node', 'dist/server/server.mjs'], `${url}/`, {
      ...settingsOf(fileProvider.provider, `${url}/redirect`),
      PORT: String(port),
      NODE_OPTIONS: `--import ${project.folder}/preload.mjs`,
    })
    onCleanup(() => server.close())
    return { url, built, output: server.output }
  })
  /** A tab of a user who has signed in with it. */
  .extend('openTab', ({ openPage, site }) => async (path: string): Promise<Page> => {
    const tab = await openPage({ baseURL: site.url })
    await tab.goto('/account')
    await signIn(tab)
    await tab.goto(path)
    return tab
  })

describe.skipIf(!hasChromium)('an Angular application', () => {
  test('is built without settings, and logs nothing about them', ({ site }) => {
    expect(site.built).not.toMatch(/identity-web:|not configured|IDENTITY_/i)
  })

  test('does not start without settings', async ({ project, site: _built }) => {
    await expect(
      project.start(['node', 'dist/server/server.mjs'], 'http://localhost:1/'),
    ).rejects.toThrow(/did not start:[\s\S]*IDENTITY_AUTHORITY is missing/)
  })

  test('the guards of its API hold beside zone.js', async ({ site }) => {
    const forged = [
      { authorization: 'Bearer a.b.c' },
      { authorization: `Bearer ${btoa('{"alg":"none"}')}.${btoa('{}')}.` },
      { cookie: 'identity=forged' },
      {},
    ]
    const statuses = await Promise.all(
      forged.map(async (headers) => {
        const script = { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }
        const me = await fetch(`${site.url}/api/me`, { headers: { ...headers, ...script } })
        return [me.status, (await me.text()).includes('name')]
      }),
    )

    expect(statuses).toEqual(forged.map(() => [401, false]))
    expect(site.output()).toContain('Zone: function')
  })

  test('shows the user before its script has arrived, and does not ask for the session', async ({
    openTab,
  }) => {
    const tab = await openTab('/about')
    const asked: string[] = []
    const problems: string[] = []
    tab.on('request', (request) => asked.push(new URL(request.url()).pathname))
    tab.on('console', (message) => problems.push(message.text()))
    let runScript: () => void = () => undefined
    const isHeld = new Promise<void>((resolve) => (runScript = resolve))
    await tab.route('**/*.js', async (route) => {
      await isHeld
      await route.continue()
    })
    await tab.goto('/notes', { waitUntil: 'commit' })
    const heading = tab.getByRole('heading', { name: 'Notes' })
    await heading.waitFor()
    await heading.evaluate((element) => element.setAttribute('data-of-server', ''))
    runScript()
    await tab.getByRole('textbox').fill('Hydrated')
    await tab.waitForLoadState('networkidle')
    await tab.getByRole('button', { name: 'Save' }).click()
    await tab.getByText('Saved: Hydrated').waitFor()

    expect(await heading.getAttribute('data-of-server')).toBe('')
    expect(asked).not.toContain('/session')
    expect(problems).toEqual([])
  })

  test('no cache may keep a page that contains the session, whatever the route says', async ({
    openTab,
    site,
  }) => {
    const tab = await openTab('/late')
    const page = await tab.context().request.get('/late')
    const visitor = await fetch(`${site.url}/late`)
    const redirect = await fetch(`${site.url}/account?a=1`, { redirect: 'manual' })

    expect(await page.text()).toContain('Alex Rivera')
    expect(await page.text()).not.toMatch(/eyJ|refresh_token|"oid"/)
    for (const headers of [new Headers(page.headers()), visitor.headers, redirect.headers])
      expect(headers.get('cache-control')).toBe('private, no-store')
    expect(redirect.status).toBe(302)
    expect(redirect.headers.get('location')).toBe('/login?return_to=%2Faccount%3Fa%3D1')
  })

  test('a page that was rendered in advance does not contain a user, and then shows the user', async ({
    openTab,
    site,
  }) => {
    const tab = await openTab('/about')
    await tab.getByText('signed-in: Alex Rivera').waitFor()
    const html = await (await tab.context().request.get('/about')).text()

    expect(html).toContain('loading: ')
    expect(html).not.toContain('Alex')
    expect(await (await fetch(`${site.url}/about`)).text()).not.toContain('Alex')
  })

  test('a part that is hydrated later shows the user, and no longer after a sign-out in another tab', async ({
    openTab,
  }) => {
    const tab = await openTab('/late')
    const problems: string[] = []
    tab.on('console', (message) => problems.push(message.text()))
    expect(await tab.locator('#late').innerText()).toBe('Alex Rivera')
    await tab.getByRole('button', { name: 'Clicked 0' }).click()
    await tab.getByRole('button', { name: 'Clicked 1' }).waitFor()
    await tab.goto('/late')
    const other = await tab.context().newPage()
    await other.goto('/notes')
    await other.waitForLoadState('networkidle')
    await other.getByRole('button', { name: 'Sign out' }).click()

    await tab.locator('#early').getByText('a visitor').waitFor()
    await tab.locator('#late').getByText('a visitor').waitFor()
    expect(problems).toEqual([])
  })

  test('403 is an error of the request, and a guard sends a user to another page', async ({
    openTab,
  }) => {
    const tab = await openTab('/staff')
    await tab.waitForLoadState('networkidle')
    await tab.getByRole('button', { name: 'Ask' }).click()
    await tab.getByText('status 403').waitFor()
    await tab.goto('/managers')
    await tab.getByRole('heading', { name: 'You may not see this page' }).waitFor()

    expect(new URL(tab.url()).pathname).toBe('/forbidden')
  })

  test('a session that ends in the middle keeps what the user has typed', async ({
    openTab,
    project,
    site: _site,
  }) => {
    const tab = await openTab('/notes')
    onTestFinished(() => project.write('seconds', '0'))
    await tab.waitForLoadState('networkidle')
    await tab.getByRole('textbox').fill('Water the plants')
    project.write('seconds', String(25 * 3600))
    await tab.getByRole('button', { name: 'Save' }).click()
    await tab.getByText('Sign in in another tab, and save again.').waitFor()
    await tab.getByText('Your session has ended.').waitFor()
    project.write('seconds', '0')

    const other = await tab.context().newPage()
    await other.goto('/account')
    // The server can have deleted the cookie of the session that has ended.
    const account = other.getByRole('button', { name: /Alex/ })
    const shown = other.getByRole('heading', { name: 'Hello, Alex Rivera' })
    await account.or(shown).first().waitFor()
    if (await account.isVisible()) await account.click()
    await shown.waitFor()
    await tab.getByText('Your session has ended.').waitFor({ state: 'detached' })
    await tab.getByRole('button', { name: 'Save' }).click()
    await tab.getByText('Saved: Water the plants').waitFor()
  })
})

test('a guarded route that is rendered in advance fails the build, and the build says why', ({
  project,
}) => {
  const path = 'src/app/app.config.server.ts'
  const config = project.read(path)
  const row = "{ path: 'account', renderMode: RenderMode.Prerender },"
  project.edit(path, ["{ path: '**'", `${row} { path: '**'`])
  onTestFinished(() => project.write(path, config))

  expect(() => project.run(['npm', 'run', 'build'])).toThrow(/in advance, so identity-web/)
})

/** Starts `ng serve`, and waits for the first build. */
async function serve(
  project: Project,
  settings: (url: string) => Record<string, string>,
): Promise<string> {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const command = ['npx', 'ng', 'serve', '--port', String(port)]
  const server = await project.start(command, `${url}/`, settings(url))
  onTestFinished(() => server.close())
  return url
}

describe.skipIf(!hasChromium)('ng serve', () => {
  test('signs in with the server of the application', async ({ project, provider, openPage }) => {
    const url = await serve(project, (origin) => settingsOf(provider, `${origin}/redirect`))
    const page = await openPage({ baseURL: url })
    await page.goto('/account')
    await signIn(page)
    await page.waitForLoadState('networkidle')
    await saveNote(page)

    await page.getByText('Saved: Water the plants').waitFor()
  })

  test('signs in with a server of Request and Response', async ({
    project,
    provider,
    openPage,
  }) => {
    const path = 'src/server.ts'
    const express = project.read(path)
    project.write(path, FETCH)
    onTestFinished(() => project.write(path, express))
    expect(project.run(['npm', 'run', 'build'])).not.toMatch(/not configured|IDENTITY_/i)
    const url = await serve(project, (origin) => settingsOf(provider, `${origin}/redirect`))
    const redirect = await fetch(`${url}/account`, { redirect: 'manual' })
    const page = await openPage({ baseURL: url })
    await page.goto('/account')
    await signIn(page)
    await page.waitForLoadState('networkidle')
    const html = await page.context().request.get('/account')
    await saveNote(page)
    await page.getByText('Saved: Water the plants').waitFor()

    expect(redirect.headers.get('location')).toBe('/login?return_to=%2Faccount')
    expect(await html.text()).toContain('Hello, Alex Rivera')
    expect(html.headers()['cache-control']).toBe('private, no-store')
  })

  test('signs in through its proxy, without server rendering', async ({
    project,
    provider,
    openPage,
  }) => {
    const port = await freePort()
    const paths = ['/api', '/session', '/login', '/logout', '/redirect']
    const target = `http://localhost:${port}`
    project.write(
      'proxy.conf.json',
      JSON.stringify(Object.fromEntries(paths.map((path) => [path, { target }]))),
    )
    project.write('api.mjs', API)
    const config = JSON.parse(project.read('angular.json')) as {
      projects: { app: { architect: Record<string, { options: Record<string, unknown> }> } }
    }
    const { build, serve: dev } = config.projects.app.architect
    for (const name of ['server', 'outputMode', 'ssr', 'security']) delete build!.options[name]
    dev!.options['proxyConfig'] = 'proxy.conf.json'
    project.write('angular.json', JSON.stringify(config))
    project.run(['npm', 'run', 'build'])
    const url = await serve(project, () => ({}))
    const server = await project.start(['node', 'api.mjs'], `${target}/login`, {
      ...settingsOf(provider, `${url}/redirect`),
      PORT: String(port),
    })
    onTestFinished(() => server.close())

    const page = await openPage({ baseURL: url })
    await page.goto('/')
    await page.getByRole('link', { name: 'Sign in' }).waitFor()
    await page.getByRole('link', { name: 'Account' }).click()
    await signIn(page)
    expect(page.url()).toBe(`${url}/account`)
    await saveNote(page)
    await page.getByText('Saved: Water the plants').waitFor()
    await page.getByRole('link', { name: 'Sign out' }).click()
    await page.waitForURL((found) => found.pathname !== '/account')
    await page.goto('/')
    await page.getByRole('link', { name: 'Sign in' }).waitFor()
  })
})

/** `server.ts` with the engine for Request and Response. */
const FETCH = `import { AngularAppEngine, createRequestHandler } from '@angular/ssr'
import { Auth, type Claims } from 'identity-web/fetch'
import { emailOf, initialsOf, nameOf } from './claims'

const sessionView = (user: Claims) => ({
  name: nameOf(user),
  email: emailOf(user),
  initials: initialsOf(user),
  isAdmin: false,
})
declare module 'identity-web/browser' {
  interface Register {
    sessionView: typeof sessionView
  }
}

const auth = new Auth({ browser: { sessionView } })
const angularApp = new AngularAppEngine()
const save = auth.loginRequired(async (request) => Response.json(await request.json()))

async function render(request: Request): Promise<Response> {
  if (new URL(request.url).pathname === '/api/note') return save(request)
  const identity = await auth.browserSession(request)
  const response = await angularApp.handle(request, { identity })
  return response ?? new Response('Not found', { status: 404 })
}

export const reqHandler = createRequestHandler((request) => auth.respond(request, () => render(request)))
`

/** The server beside a single-page application. */
const API = `import express from 'express'
import { Auth } from 'identity-web/express'

const app = express()
const auth = new Auth(app, { browser: { sessionView: (user) => ({ name: user.name }) } })
app.post('/api/note', auth.loginRequired(), express.json(), (req, res) => res.json(req.body))
app.listen(Number(process.env.PORT))
`

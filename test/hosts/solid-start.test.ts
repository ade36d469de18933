import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { Browser, signIn } from '../../packages/identity-web/test/support/site.ts'
import { hasChromium } from '../chromium.ts'
import { expectPicture } from '../screenshots/picture.ts'
import { SMALL } from '../screenshots/windows.ts'
import { test as base } from './support/fixtures.ts'
import { installExample } from './support/project.ts'
import { buildAndServe } from './support/serve.ts'
import { signIn as chooseAccount } from './support/walk.ts'

// SolidStart 2 requires it.
const NODE = 24

const test = base.extend('site', { scope: 'file' }, async ({ fileProvider }, { onCleanup }) => {
  const project = installExample('solid-start', NODE)
  const server = await buildAndServe(project, fileProvider.provider, {
    build: ['npm', 'run', 'build'],
    serve: ['npm', 'start'],
    env: () => ({ HOST: '127.0.0.1' }),
  })
  onCleanup(() => server.close())
  return { origin: server.url, folder: project.folder }
})

describe('an API route', () => {
  test('responds to a user, and sends others the login URL', async ({ site, provider }) => {
    const browser = await signIn(site, provider, { path: '/login' })
    const user = await browser.script(`${site.origin}/api/me`)
    const visitor = await new Browser().script(`${site.origin}/api/me`)

    expect([user.status, user.json()]).toEqual([200, { name: 'Alex Rivera' }])
    expect(user.headers['cache-control']).toBe('private, no-store')
    expect([visitor.status, visitor.json()]).toEqual([
      401,
      {
        error: 'login_required',
        loginUrl: expect.stringContaining(`${site.origin}/login?`) as string,
      },
    ])
  })

  test('sends a browser to the provider and back', async ({ site, provider }) => {
    const browser = await signIn(site, provider, { path: '/api/me' })

    expect((await browser.navigate(`${site.origin}/api/me`)).json()).toEqual({
      name: 'Alex Rivera',
    })
  })
})

test('an API route stores a session that its guard refreshed', async ({ site, provider }) => {
  provider.behave({ consent: 'skip', idTokenSeconds: -30, reuseDetection: true })
  const browser = await signIn(site, provider, { path: '/login' })
  const { status, setCookies } = await browser.script(`${site.origin}/api/me`)

  expect(status).toBe(200)
  expect(setCookies.length).toBeGreaterThan(0)
  expect((await browser.script(`${site.origin}/api/me`)).status).toBe(200)
})

test('the code of the pages does not contain the library', ({ site }) => {
  const folder = join(site.folder, '.output/public')
  const code = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')

  expect(code).toContain('/logout')
  expect(code).not.toMatch(/openid-configuration|code_verifier|IDENTITY_CLIENT_SECRET/)
})

test('docs/recipes.md shows the code of the example', ({ site }) => {
  const guide = readFileSync(new URL('../../docs/recipes.md', import.meta.url), 'utf8')
  const read = (path: string): string => readFileSync(join(site.folder, path), 'utf8')
  const pass =
    'export default { fetch: (request: Request) => auth.respond(request, () => app.fetch(request)) }'

  for (const file of ['src/routes/api/me.ts', 'src/user.ts'])
    expect(guide).toContain(`// ${file}\n${read(file)}`)
  expect(guide).toContain(pass)
  expect(read('src/entry-server.tsx')).toContain(pass)
})

describe.skipIf(!hasChromium)('the pages in Chromium', () => {
  test('show the user on both ways, and sign out', async ({ page, site }) => {
    const heading = (name: string) => page.getByRole('heading', { name }).waitFor()
    const follow = (name: string) => page.getByRole('link', { name }).click()
    await page.goto(`${site.origin}/`)
    await heading('Welcome')
    await follow('Sign in')
    await chooseAccount(page)
    await heading('Hello, Alex Rivera')

    // The router of the browser calls the server function.
    await page.goto(`${site.origin}/about`)
    const called = page.waitForRequest((request) => request.url().includes('/_server'))
    await follow('SolidStart')
    await heading('Hello, Alex Rivera')

    // Another site posts the same request.
    const call = await called
    const post = async (fetchSite: string): Promise<string> => {
      const headers = { ...(await call.allHeaders()), 'sec-fetch-site': fetchSite }
      const own = Object.entries(headers).filter(([name]) => !name.startsWith(':'))
      const response = await fetch(call.url(), {
        method: 'POST',
        headers: own,
        body: call.postDataBuffer() as Uint8Array<ArrayBuffer> | null,
      })
      return response.text()
    }
    expect(await post('same-origin')).toContain('Alex Rivera')
    expect(await post('cross-site')).not.toContain('Alex Rivera')

    await follow('Sign out')
    await heading('Welcome')
    await page.goto(`${site.origin}/`)
    await heading('Welcome')
  })

  test('looks like its picture', async ({ openPage, provider, site }) => {
    provider.behave({ consent: 'skip' })
    const page = await openPage(SMALL)
    await page.goto(`${site.origin}/`)
    await page.getByRole('link', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: /Alex/ }).click()
    await page.getByRole('heading', { name: 'Hello, Alex Rivera' }).waitFor()

    await expectPicture(page, 'examples/solid-start/screenshot.png')
  })
})

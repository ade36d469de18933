import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildWithSources } from '../packages/identity-web/test/support/bundle.ts'
import { describe, expect, test as base } from '../packages/identity-web/test/support/fixtures.ts'
import { compileProgram, programsOf } from '../packages/identity-web/test/support/readme-program.ts'
import { SESSION_SECRET } from '../packages/identity-web/test/support/site.ts'
import { hasChromium } from './chromium.ts'

const [SERVER = '', BROWSER = ''] = programsOf('docs/single-page-applications.md')

const test = base
  // Another site than the application, as the provider usually is.
  .extend('providerOptions', { host: '127.0.0.1' })
  .extend('behaviour', { consent: 'skip' })
  /** The folder `dist` of the guide, with its script in a page. */
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('dist', async ({}, { onCleanup }) => {
    const folder = mkdtempSync(join(tmpdir(), 'identity-web-spa-'))
    onCleanup(() => rmSync(folder, { recursive: true }))
    const page = '<!doctype html><title>Todos</title><p id="todos"></p>'
    const contents = `${BROWSER}\ntodos.textContent = await response.text()`
    writeFileSync(join(folder, 'index.html'), `${page}<script type="module" src="app.js"></script>`)
    await buildWithSources({
      stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
      outfile: join(folder, 'app.js'),
      platform: 'browser',
    })
    return folder
  })
  /** The server of the guide. It calls the API of this test. */
  .extend('program', async ({ provider, openApi, dist }, { onCleanup }) => {
    const api = await openApi({}, (app, auth) => {
      app.get(
        '/todos',
        auth.authorizationRequired({ scopes: ['Todos.Read'] }, (_req, res, { claims }) => {
          res.json([`Todo of ${String(claims['name'])}`])
        }),
      )
    })
    const code = SERVER.replace("'https://todos.example.com'", `'${api.origin}'`)
      .replace("'api://todos/Todos.Read'", `'${provider.api.idUri}/Todos.Read'`)
      .replace("'dist'", JSON.stringify(dist))
    const program = await compileProgram('single-page-application', code)
    onCleanup(() => program.delete())
    return program
  })

describe.skipIf(!hasChromium)('the programs of the guide for single-page applications', () => {
  test('sign a user in, and call an API without a token in the browser', async ({
    page,
    program,
    provider,
  }) => {
    const variables = (origin: string): Record<string, string> => ({
      IDENTITY_AUTHORITY: provider.authority(),
      IDENTITY_CLIENT_ID: provider.app.clientId,
      IDENTITY_CLIENT_SECRET: provider.app.clientSecret ?? '',
      IDENTITY_REDIRECT_URI: `${origin}/redirect`,
      IDENTITY_SESSION_SECRET: SESSION_SECRET,
    })

    await program.run(variables, async (origin) => {
      await page.goto(origin)
      await page.getByRole('button', { name: /Alex/ }).click()
      await page.getByText('Todo of Alex Rivera').waitFor()
      expect(page.url()).toBe(`${origin}/`)

      const stored = await page.evaluate(() =>
        JSON.stringify([document.cookie, localStorage.length, sessionStorage.length]),
      )
      expect(stored).toBe('["",0,0]')
      const cookies = await page.context().cookies(origin)
      const session = cookies.find(({ name }) => name.startsWith('identity-'))
      expect(session).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
    })
    expect.assertions(3)
  })
})

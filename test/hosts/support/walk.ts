import type { Locator, Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { hasChromium } from '../../chromium.ts'
import { expectPictureOfProject } from '../../create/support/picture.ts'
import { expectPicture } from '../../screenshots/picture.ts'
import { DESKTOP, SMALL } from '../../screenshots/windows.ts'
import { test as base } from './fixtures.ts'
import { installExample, type Project } from './project.ts'
import { buildAndServe, type Commands } from './serve.ts'

/** How an example is built and served. */
export interface HostExample extends Omit<Commands, 'basePath'> {
  /** The folder in `examples`, or the framework of a new project. */
  readonly name: string
  /** Creates a new project for a base path. The default is the example. */
  readonly create?: (basePath: string) => Project
  /** The line of Node.js that the framework needs. @defaultValue that of the tests */
  readonly node?: number
}

/**
 * Visits an example with Chromium, at the root and below a base path. `pages.md` describes the pages that the example
 * must have. The commands get `BASE_PATH`.
 */
export function walkThrough({ name, create, node, env, ...commands }: HostExample): void {
  const newProject = (basePath: string): Project => create?.(basePath) ?? installExample(name, node)
  const hostTest = (basePath: string) =>
    base
      // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
      .extend('project', { scope: 'file' }, ({}): Project => newProject(basePath))
      .extend('site', { scope: 'file' }, async ({ project, fileProvider }, { onCleanup }) => {
        const server = await buildAndServe(project, fileProvider.provider, {
          ...commands,
          basePath: basePath === '/' ? '' : basePath,
          env: (port) => ({ BASE_PATH: basePath, ...env?.(port) }),
        })
        onCleanup(() => server.close())
        return server
      })

  // Vitest allows fixtures of a file only outside `describe`.
  const hosts = ['/', '/below/a-path'].map((basePath) => [basePath, hostTest(basePath)] as const)

  describe.skipIf(!hasChromium).each(hosts)(`${name} at %s`, (basePath, test) => {
    test('a guarded page leads to the provider and back to the page', async ({ page, site }) => {
      await page.goto(`${site.url}/account?tab=1`)
      await signIn(page)

      await heading(page, 'Hello, Alex Rivera')
      expect(page.url()).toBe(`${site.url}/account?tab=1`)
    })

    test('a client-side navigation to a guarded page leads to the provider and back', async ({
      page,
      site,
    }) => {
      await page.goto(`${site.url}/`)
      await heading(page, 'Welcome')
      await page.getByRole('link', { name: 'account' }).click()
      await signIn(page)

      await heading(page, 'Hello, Alex Rivera')
      expect(page.url()).toBe(`${site.url}/account`)
    })

    test('a form is saved for the signed-in user', async ({ page, site }) => {
      await openAccount(page, site)
      await saveNote(page)

      await page.getByText('Saved: Water the plants').waitFor()
    })

    // Below another path, the page is the same. The projects of all frameworks have one picture, which another test takes.
    const isTaken = create === undefined || process.env['SCREENSHOTS'] !== 'write'
    test.runIf(basePath === '/' && isTaken)(
      'looks like its picture',
      async ({ openPage, provider, site }) => {
        const page = await openPage(create === undefined ? SMALL : DESKTOP)
        await openAccount(page, site)
        if (create !== undefined) {
          await expectPictureOfProject(page, new URL(provider.authority()).host)
          return
        }
        await saveNote(page)
        await page.getByText('Saved: Water the plants').waitFor()

        await expectPicture(page, `examples/${name}/screenshot.png`)
      },
    )

    test('a form of a signed-out user leads to sign-in', async ({ page, site }) => {
      await openAccount(page, site)
      await page.context().clearCookies({ domain: 'localhost' })
      await saveNote(page)
      await signIn(page)

      await heading(page, 'Hello, Alex Rivera')
    })

    test('a token that needs consent leads to the consent and back, and the API is called', async ({
      page,
      site,
    }) => {
      await openAccount(page, site)
      await page.getByRole('link', { name: /Call an API|Microsoft Graph/ }).click()
      await page.getByRole('button', { name: /accept/i }).click()

      await page.locator('pre').getByText('"displayName"').waitFor()
      expect(await page.locator('pre').innerText()).toContain('Alex Rivera')
      expect(page.url()).toBe(`${site.url}/call_api`)
    })

    test('a link signs the user out', async ({ page, site }) => {
      await openAccount(page, site)
      await page.getByRole('link', { name: 'Sign out' }).click()
      await page.waitForURL((url) => !url.href.startsWith(`${site.url}/account`))
      const names = (await page.context().cookies(site.url)).map((cookie) => cookie.name)
      // The development provider has its own session on the same host.
      expect(names.filter((cookie) => /identity(?!-web-dev)/.test(cookie))).toEqual([])

      await page.goto(`${site.url}/account`)
      await page.getByRole('button', { name: /Alex/ }).waitFor()
    })

    test('an endpoint responds to a script with 401 and the login URL', async ({
      provider: _reset,
      site,
    }) => {
      const response = await fetch(`${site.url}/api/me`, {
        headers: {
          accept: 'application/json',
          'sec-fetch-mode': 'cors',
          'sec-fetch-dest': 'empty',
        },
      })

      expect(response.status).toBe(401)
      expect(await response.json()).toHaveProperty('loginUrl')
      expect(response.headers.get('cache-control')).toBe('private, no-store')
    })
  })
}

/**
 * Chooses the account on the page of the provider, and consents if asked.
 *
 * @param shown - What the page of the application shows afterwards.
 */
export async function signIn(
  page: Page,
  shown: Locator = page.getByRole('heading', { name: 'Hello, Alex Rivera' }),
): Promise<void> {
  await page.getByRole('button', { name: /Alex/ }).click()
  const accept = page.getByRole('button', { name: /accept/i })
  await accept.or(shown).first().waitFor()
  if (await accept.isVisible()) await accept.click()
}

/** Signs in on the account page. */
export async function openAccount(page: Page, site: { readonly url: string }): Promise<void> {
  await page.goto(`${site.url}/account`)
  await signIn(page)
  await heading(page, 'Hello, Alex Rivera')
}

/** Sends the form on the account page. */
export async function saveNote(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'note' }).fill('Water the plants')
  await page.getByRole('button', { name: 'Save' }).click()
}

async function heading(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { name }).waitFor()
}

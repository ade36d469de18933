import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect } from 'vitest'
import { hasChromium } from './chromium.ts'
import { demoTest } from './demo.ts'

const screenshots = fileURLToPath(new URL('../.artifacts/react-bff/', import.meta.url))

mkdirSync(screenshots, { recursive: true })

const test = demoTest(['bff'], { PORT: '5740', API_PORT: '5750', PROVIDER_PORT: '5770' })
  .extend('signIn', ({ page, url }) => async (name: RegExp): Promise<void> => {
    await page.goto(`${url}/lists/mine?sort=title`)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('button', { name }).click()
    await page.getByRole('button', { name: /accept/i }).click()
    await page.getByText('Your list is empty.').waitFor()
  })
  .extend('add', ({ page }) => async (title: string): Promise<void> => {
    await page.getByLabel('New todo').fill(title)
    await page.getByRole('button', { name: 'Add' }).click()
  })

describe.skipIf(!hasChromium)(
  'a React application in front of its server in a real browser',
  () => {
    test('a person signs in, adds a todo and signs out, and no token reaches the browser', async ({
      signIn,
      add,
      page,
      url,
    }) => {
      const received: string[] = []
      page.on('response', async (response) => {
        if (response.url().startsWith(url)) received.push(await response.text().catch(() => ''))
      })

      await signIn(/Alex/)
      expect(page.url(), 'the page that the user asked for').toBe(`${url}/lists/mine?sort=title`)
      await page.screenshot({ path: `${screenshots}empty.png` })
      await add('Water <the> plants')
      await page.getByRole('listitem').waitFor()
      expect(await page.getByRole('listitem').allInnerTexts()).toEqual(['Water <the> plants'])
      await page.setViewportSize({ width: 390, height: 844 })
      await page.screenshot({ path: `${screenshots}phone.png` })

      // Access tokens and ID tokens are JSON Web Tokens: two encoded objects, and a signature.
      expect(received.length).toBeGreaterThan(3)
      expect(received.some((text) => /eyJ[\w-]+\.eyJ/.test(text))).toBe(false)
      const readable = (await page.context().cookies(url)).filter(({ httpOnly }) => !httpOnly)
      expect(readable).toEqual([])

      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.waitForURL((to) => to.origin !== url || to.pathname === '/')
    })

    test('a person whose session has ended keeps what they typed', async ({
      signIn,
      add,
      page,
      url,
    }) => {
      await signIn(/Robin/)
      await page.context().clearCookies({ domain: new URL(url).hostname })

      await add('Call the team')

      await page.getByText('Your text is still here.').waitFor()
      await page.screenshot({ path: `${screenshots}ended.png` })
      await page.getByRole('button', { name: 'Sign in again' }).click()
      await page.getByRole('button', { name: /Robin/ }).click()
      await page.getByText('Your list is empty.').waitFor()
      expect(await page.getByLabel('New todo').inputValue()).toBe('Call the team')
    })

    test('a link of another site cannot read the API through the server', async ({
      signIn,
      page,
      url,
    }) => {
      await signIn(/Kim/)

      await page.goto('http://localhost:5770/')
      const status = await page.evaluate(async (api) => {
        const response = await fetch(api, { credentials: 'include' }).catch(() => undefined)
        return response?.status
      }, `${url}/api/todos`)

      expect(status, 'the browser hides the response').toBeUndefined()
    })
  },
)

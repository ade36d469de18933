import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect } from 'vitest'
import { hasChromium } from './chromium.ts'
import { demoTest } from './demo.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const screenshots = `${root}.artifacts/web-and-api/`

mkdirSync(screenshots, { recursive: true })

const test = demoTest(['web-and-api'], { PORT: '5500', API_PORT: '5560', PROVIDER_PORT: '5620' })
  .extend(
    'shoot',
    ({ page }) =>
      (name: string): Promise<unknown> =>
        page.screenshot({ path: `${screenshots}${name}.png`, fullPage: true }),
  )
  .extend('signIn', ({ page, url }) => async (name: RegExp): Promise<void> => {
    await page.goto(url)
    await page.getByRole('button', { name }).click()
    await page.getByRole('button', { name: /accept/i }).click()
    await page.getByRole('heading', { name: 'Your todos' }).waitFor()
  })
  .extend('consentAndAdd', ({ page, shoot }) => async (title: string): Promise<void> => {
    await page.getByRole('link', { name: 'Add a todo' }).click()
    await page.getByRole('button', { name: /accept/i }).click()
    await page.getByLabel('Title').fill(title)
    await shoot('2-add')
    await page.getByRole('button', { name: 'Add' }).click()
    await page.getByRole('heading', { name: 'Your todos' }).waitFor()
  })

describe.skipIf(!hasChromium)('a web app, its API and Graph in a real browser', () => {
  test('a person sees what the API got from Graph on their behalf, adds a todo, and signs out', async ({
    signIn,
    shoot,
    page,
    consentAndAdd,
    url,
  }) => {
    await signIn(/Alex/)
    await shoot('1-todos')
    expect(await page.getByText('Your list is empty.').count()).toBe(1)
    expect(await page.getByRole('region', { name: 'Your profile' }).innerText()).toContain(
      'Alex Rivera, Product designer',
    )

    await consentAndAdd('Water <the> plants')
    await shoot('3-added')
    expect(await page.getByRole('list').first().getByRole('listitem').allInnerTexts()).toEqual([
      'Water <the> plants',
    ])
    expect(page.url()).toBe(`${url}/`)

    await page.getByRole('link', { name: 'Sign out' }).click()
    await page.waitForURL(/\/authorize/)
  })

  test('everybody has a list of their own', async ({ signIn, consentAndAdd, page }) => {
    await signIn(/Robin/)
    await consentAndAdd('Call the team')

    expect(await page.getByRole('list').first().getByRole('listitem').allInnerTexts()).toEqual([
      'Call the team',
    ])
  })

  test('a form of another site adds nothing', async ({ signIn, page, url }) => {
    await signIn(/Kim/)

    // Browsers send cookies of localhost from every port, so only the check of the guard stops this form.
    await page.goto('http://localhost:5560/')
    await page.setContent(
      `<form method="post" action="${url}/add"><input name="title" value="Pay"><button>Win</button></form>`,
    )
    const [answer] = await Promise.all([
      page.waitForResponse(`${url}/add`),
      page.getByRole('button', { name: 'Win' }).click(),
    ])

    expect(answer.status()).toBe(403)
    await page.goto(url)
    expect(await page.getByText('Your list is empty.').count()).toBe(1)
  })
})

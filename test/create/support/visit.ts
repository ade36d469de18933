import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import type { Tenant } from '../../../packages/create-identity-web/src/tenants.ts'

/** The links to the pages that call an API. */
const LINKS = { graph: 'Microsoft Graph', 'user-info': 'UserInfo' } as const

/** Walks through the pages of a project: first page, sign-in, picture, API, the page for a role, and sign-out. */
export async function visitAsUser(page: Page, origin: string, tenant: Tenant): Promise<void> {
  const { name, shown } = tenant.account
  const greeting = page.getByRole('heading', { name: `Hello, ${shown}` })
  const accept = page.getByRole('button', { name: /accept/i })

  const welcome = page.getByRole('heading', { name: 'Welcome' })

  await page.goto(origin)
  await welcome.waitFor()
  // A single-page application shows it when the session has been read.
  await page.getByRole('link', { name: 'Sign in' }).waitFor()
  expect(await page.locator('.button').allInnerTexts()).toEqual(['Sign in'])
  // As the primary button, it has one color. The others have a border.
  const [color, border] = await page.locator('.button').evaluate((found) => {
    const { backgroundColor, borderTopColor } = getComputedStyle(found)
    return [backgroundColor, borderTopColor]
  })
  expect(color).toBe(border)
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.getByRole('button', { name }).click()
  await greeting.or(accept).first().waitFor()
  if (await accept.isVisible()) await accept.click()
  await greeting.waitFor()
  expect(new URL(page.url()).origin).toBe(origin)
  await expectToFit(page)
  // A person first, and the claims after it.
  await page.getByText(/^You are signed in as \w+@[\w.]+\.$/).waitFor()
  await page.getByText('The claims of your ID token').click()
  await page
    .locator('pre')
    .getByText(/"sub": "/)
    .waitFor()
  const isEntra = tenant.envFor === 'entra'
  // The picture is above the initials. It is as large as they are, so that the header does not move.
  await expect.poll(() => page.locator('.picture').innerText()).toBe(initialsOf(shown))
  const picture = page.locator('.picture + i')
  expect(await picture.count()).toBe(isEntra ? 1 : 0)
  if (isEntra) {
    const background = await picture.evaluate((found) => getComputedStyle(found).backgroundImage)
    const photo = await page.request.get(background.slice('url("'.length, -'")'.length))
    expect([photo.status(), photo.headers()['content-type']]).toEqual([200, 'image/jpeg'])
  }

  for (const [api, text] of Object.entries(LINKS))
    expect(await page.getByRole('link', { name: text }).isVisible()).toBe(api === tenant.api)
  if (tenant.api !== undefined) {
    await page.getByRole('link', { name: LINKS[tenant.api] }).click()
    const profile = page.locator('pre').getByText(name)
    await profile.or(accept).first().waitFor()
    if (await accept.isVisible()) await accept.click()
    await profile.waitFor()
    await expectToFit(page)
  }

  await page.getByRole('link', { name: 'Administration' }).click()
  await page.getByRole('heading', { name: 'You may not see this page' }).waitFor()
  await expectToFit(page)
  await page.getByRole('link', { name: 'Account', exact: true }).click()
  await greeting.waitFor()

  const edit = page.getByRole('link', { name: 'Edit your profile' })
  if (tenant.envFor !== 'b2c') expect(await edit.isVisible()).toBe(false)
  else {
    await edit.click()
    await page.getByLabel('Display name').fill(`${name} Lopez`)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('heading', { name: `Hello, ${name} Lopez` }).waitFor()
    expect(page.url()).toBe(`${origin}/account`)
  }

  await page.getByRole('link', { name: 'Sign out' }).click()
  await welcome.waitFor()
  expect(page.url()).toBe(`${origin}/`)
  // Angular redirects only once in ten seconds in a tab, and has just asked for consent in this one.
  const other = await page.context().newPage()
  await other.goto(`${origin}/account`)
  await other.getByRole('button', { name }).waitFor()
}

function initialsOf(name: string): string {
  const letters = name.split(' ').map((word) => word.charAt(0).toUpperCase())
  return letters.join('')
}

/** Expects that the page does not scroll sideways. A development server can show it before its styles. */
async function expectToFit(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), {
      timeout: 30_000,
    })
    .toBeLessThanOrEqual(0)
}

import { hasChromium } from '../../../test/chromium.js'
import { describe, expect, test as base } from './support/browser-fixtures.js'
import { authorizeUrl, claimsOf, redeem } from './support/flow.js'

const DOMAIN = 'fabrikamb2c.onmicrosoft.com'

const test = base
  .extend('visit', ({ provider, page, app }) => (policy: string) => {
    const params = { scope: 'openid', redirect_uri: `${app.origin}/callback` }
    return page.goto(authorizeUrl(provider, params, `${DOMAIN}/${policy}`).href)
  })
  .extend('arrive', ({ page, app }) => async (): Promise<URLSearchParams> => {
    await app.isShownIn(page)
    return new URL(page.url()).searchParams
  })
  .extend(
    'nameIn',
    ({ provider, app }) =>
      async (params: URLSearchParams, policy: string): Promise<unknown> => {
        const { body } = await redeem(
          provider,
          params.get('code') ?? '',
          { redirect_uri: `${app.origin}/callback` },
          `${DOMAIN}/${policy}`,
        )
        return claimsOf(body.id_token)['name']
      },
  )

describe.skipIf(!hasChromium)('the pages of user flows, in Chromium', () => {
  test.for([
    ['#forgotPassword', 'AADB2C90118'],
    ['#cancel', 'AADB2C90091'],
  ] as const)('%s returns to the app', async ([button, code], { visit, page, arrive }) => {
    await visit('B2C_1_susi')
    await page.locator(button).click()

    expect((await arrive()).get('error_description')).toContain(code)
  })

  test('a customer signs up, edits the name with the keyboard, and resets the password', async ({
    visit,
    page,
    nameIn,
    arrive,
  }) => {
    await visit('B2C_1_susi')
    await page.getByRole('button', { name: 'Sign up now' }).click()
    await page.getByLabel('Email address').fill('zoe@new.example')
    await page.getByLabel('Display name').fill('Zoe Quinn')
    await page.keyboard.press('Enter')
    expect(await nameIn(await arrive(), 'B2C_1_susi')).toBe('Zoe Quinn')

    await visit('B2C_1_edit')
    await page.getByLabel('Display name').fill('Zoe Q.')
    await page.keyboard.press('Enter')
    expect(await nameIn(await arrive(), 'B2C_1_edit')).toBe('Zoe Q.')

    await visit('B2C_1_reset')
    await page.getByLabel('Account').selectOption({ label: 'Lee Park (lee@shopper.example)' })
    await page.getByRole('button', { name: 'Continue' }).click()
    expect(await nameIn(await arrive(), 'B2C_1_reset')).toBe('Lee Park')
  })

  test('Cancel works on a page with empty fields', async ({ visit, page, arrive }) => {
    await visit('B2C_1_susi')
    await page.locator('#createAccount').click()
    await page.locator('#cancel').click()

    expect((await arrive()).get('error')).toBe('access_denied')
  })
})

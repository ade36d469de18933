import type { ErrorPage, LoginPage } from '../../src/options/page-options.ts'
import { describe, expect, test } from '../support/fixtures.ts'
import { Browser } from '../support/browser.ts'
import { sendToCallback } from '../support/site.ts'

describe('a link of the application to the password reset of Azure AD B2C', () => {
  test('leads to the user flow, and then back to the page, signed in', async ({
    openSite,
    provider,
  }) => {
    const site = await openSite({ authority: undefined, b2c: provider.b2c })
    site.app.get('/welcome', async (req, res) => {
      const user = await site.auth.getUser(req)
      res.json({ url: await site.auth.getResetPasswordUrl(req), name: user?.name ?? null })
    })
    const browser = new Browser()
    const page = await browser.navigate(`${site.origin}/welcome`)
    const { url } = page.json() as { readonly url: string }

    const redirect = await browser.navigate(url)
    const result = await provider.signIn(redirect.location ?? '', { as: 'mia' })
    const callback = await sendToCallback(browser, result)

    expect(redirect.location).toMatch(/\/B2C_1_reset\/oauth2/i)
    expect(callback.location).toBe('/welcome')
    expect((await browser.navigate(`${site.origin}/welcome`)).json()).toMatchObject({
      name: 'Mia Santos',
    })
  })

  test('does not exist if the user flow is not configured', async ({ openSite, provider }) => {
    const { resetPasswordUserFlow: _none, ...b2c } = provider.b2c
    const shown: (LoginPage | ErrorPage)[] = []
    const site = await openSite({
      authority: undefined,
      b2c,
      pages: {
        login: (page) => (shown.push(page), 'login'),
        error: (page) => (shown.push(page), 'error'),
      },
    })
    site.app.get('/welcome', async (req, res) => {
      res.json({ url: (await site.auth.getResetPasswordUrl(req)) ?? null })
    })
    const browser = new Browser()

    expect((await browser.navigate(`${site.origin}/welcome`)).json()).toEqual({ url: null })
    await browser.navigate(`${site.origin}/other`)
    await browser.navigate(`${site.origin}/redirect`)
    expect(shown).toHaveLength(2)
    for (const page of shown) expect(page).not.toHaveProperty('resetPasswordUrl')
  })

  test('is on the own login page and on the own error page, with the text of the provider', async ({
    openSite,
    provider,
  }) => {
    const logins: LoginPage[] = []
    const errors: ErrorPage[] = []
    const site = await openSite({
      authority: undefined,
      b2c: provider.b2c,
      pages: {
        login: (page) => (logins.push(page), 'login'),
        error: (page) => (errors.push(page), 'error'),
      },
    })
    const browser = new Browser()

    await browser.navigate(`${site.origin}/other?a=1`)
    const [login] = logins as [LoginPage]
    const start = await browser.navigate(login.loginUrl)
    const state = new URL(start.location ?? '').searchParams.get('state') ?? ''
    const text = 'AADB2C90090: <b>A user input</b> was not valid.'
    const query = new URLSearchParams({ error: 'server_error', error_description: text, state })
    await browser.navigate(`${site.origin}/redirect?${query}`)
    const [error] = errors as [ErrorPage]
    await browser.navigate(`${site.origin}/redirect`)

    for (const url of [login.resetPasswordUrl, error.resetPasswordUrl]) {
      expect(new URL(url ?? '').searchParams.get('return_to')).toBe('/other?a=1')
      const redirect = await new Browser().navigate(url ?? '')
      expect(redirect.location).toMatch(/\/B2C_1_reset\/oauth2/i)
    }
    expect(error.description).toBe(text)
    // The library found this error itself.
    expect(errors[1]).not.toHaveProperty('description')
  })
})

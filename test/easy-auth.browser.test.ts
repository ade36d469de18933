import { describe, expect, test } from '../packages/identity-web/test/support/platform-fixtures.ts'
import { hasChromium } from './chromium.ts'

describe.skipIf(!hasChromium)('behind the platform, in Chromium', () => {
  test('a user signs in, calls an API from a page, posts a form and signs out', async ({
    openPlatformSite,
    page,
  }) => {
    const site = await openPlatformSite({ homePath: '/open' }, { scopes: ['User.Read'] })
    site.app.get(
      '/form',
      site.auth.loginRequired((_req, res, { user }) => {
        res.send(`<!doctype html><html lang="en"><title>Form</title><h1>${user.name}</h1>
          <form method="post" action="/form"><button>Save</button></form>
          <form method="post" action="${site.auth.paths.logout}"><button>Sign out</button></form>`)
      }),
    )
    site.app.post(
      '/form',
      site.auth.loginRequired((_req, res) => void res.send('saved')),
    )

    await page.goto(`${site.origin}/form`)
    await page.getByRole('button', { name: /Alex Rivera/ }).click()
    const accept = page.getByRole('button', { name: 'Accept' })
    if (await accept.isVisible()) await accept.click()
    await page.getByRole('heading', { name: 'Alex Rivera' }).waitFor()
    expect(page.url()).toBe(`${site.origin}/form`)

    const me = await page.evaluate(async () => (await fetch('/me')).json())
    expect(me).toMatchObject({ status: 200, body: { displayName: 'Alex Rivera' } })

    await page.getByRole('button', { name: 'Save' }).click()
    expect(await page.textContent('body')).toBe('saved')

    await page.goBack()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(`${site.origin}/open`)
    const signedOut = await page.evaluate(async () => {
      const response = await fetch('/me')
      return [response.status, await response.json()]
    })
    expect(signedOut).toMatchObject([401, { error: 'login_required' }])
  })
})

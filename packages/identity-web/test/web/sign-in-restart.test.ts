import { describe, expect, test as base } from '../support/fixtures.ts'
import { Browser, type BrowserResponse } from '../support/browser.ts'
import { sendToCallback } from '../support/site.ts'
import { linkUrl } from '../support/steps.ts'

const paramsOf = (response: BrowserResponse): URLSearchParams =>
  new URL(response.location ?? '').searchParams

const test = base
  .extend(
    'returnWithError',
    ({ site }) =>
      (
        browser: Browser,
        redirect: BrowserResponse,
        error: Record<string, string>,
        { origin } = site,
      ): Promise<BrowserResponse> => {
        const state = new URL(redirect.location ?? '').searchParams.get('state') ?? ''
        const query = new URLSearchParams({ ...error, state })
        return browser.navigate(`${origin}/redirect?${query}`)
      },
  )

  /** Starts a sign-in, and sends an error to the callback instead of the code. */
  .extend(
    'failWith',
    ({ site, returnWithError }) =>
      async (browser: Browser, error: Record<string, string>): Promise<BrowserResponse> => {
        const redirect = await browser.navigate(`${site.origin}/other`)
        return returnWithError(browser, redirect, error)
      },
  )

describe('a sign-in for which the provider requires more', () => {
  test('restarts with the claims that the provider requests', async ({ failWith }) => {
    const claims = '{"id_token":{"acrs":{"essential":true,"value":"c1"}}}'

    const again = await failWith(new Browser(), { error: 'interaction_required', claims })

    expect(again.status).toBe(302)
    expect(JSON.parse(paramsOf(again).get('claims') ?? '')).toEqual(JSON.parse(claims))
  })

  test('restarts without invalid claims', async ({ failWith }) => {
    const again = await failWith(new Browser(), { error: 'interaction_required', claims: '[1]' })

    expect(again.status).toBe(302)
    expect(paramsOf(again).get('claims')).toBeNull()
  })

  test('restarts with prompt=consent when consent is missing', async ({ failWith }) => {
    const again = await failWith(new Browser(), { error: 'consent_required' })

    expect(paramsOf(again).get('prompt')).toBe('consent')
  })

  test('restarts with prompt=select_account when a choice of accounts is missing', async ({
    failWith,
  }) => {
    const again = await failWith(new Browser(), { error: 'account_selection_required' })

    expect(paramsOf(again).get('prompt')).toBe('select_account')
  })

  test('restarts with the claims of the options and those of the provider', async ({
    openSite,
    returnWithError,
  }) => {
    const other = await openSite({ claimsRequest: { id_token: { given_name: null } } })
    const browser = new Browser()
    const redirect = await browser.navigate(`${other.origin}/other`)
    const claims = '{"id_token":{"acrs":{"essential":true,"value":"c1"}}}'

    const again = await returnWithError(
      browser,
      redirect,
      { error: 'interaction_required', claims },
      other,
    )

    expect(JSON.parse(paramsOf(again).get('claims') ?? '')).toEqual({
      id_token: { given_name: null, acrs: { essential: true, value: 'c1' } },
    })
  })

  test('deletes the cookie of the first attempt, and logs the restart', async ({
    failWith,
    site,
  }) => {
    const browser = new Browser()

    const again = await failWith(browser, { error: 'consent_required' })

    expect(again.status).toBe(302)
    expect([...browser.cookies.keys()]).toHaveLength(1)
    expect(site.logs.at(-1)).toContain('consent_required')
  })

  test('shows a page the second time', async ({ failWith, returnWithError, browser }) => {
    const again = await failWith(browser, { error: 'interaction_required' })

    const response = await returnWithError(browser, again, { error: 'interaction_required' })

    expect(response.status).toBe(401)
    expect(response.text).toContain('One more step is required')
  })
})

describe('a response that this site did not request', () => {
  test('is one warning a minute, because any site can send one, and servers can have different secrets', async ({
    openSite,
  }) => {
    const warnings: string[] = []
    const other = await openSite({
      logger: { warn: (message, details) => void warnings.push(message + JSON.stringify(details)) },
    })

    for (let i = 0; i < 9; i++)
      await new Browser().navigate(`${other.origin}/redirect?code=x&state=x`)

    expect(warnings).toEqual([
      expect.stringMatching(
        /was not created by this application.*use the same session\.secret \(IDENTITY_SESSION_SECRET\)/s,
      ),
    ])
  })
})

describe('an account that was rejected', () => {
  test('can be chosen again at a provider without an account picker', async ({
    openSite,
    provider,
  }) => {
    const other = await openSite({
      authority: undefined,
      oidcAuthority: provider.oidcAuthority,
    })
    const browser = new Browser()
    const declined = await sendToCallback(
      browser,
      await other.startSignIn(browser, { path: '/me', consent: false }),
    )

    const again = await browser.navigate(linkUrl(declined, 'Try again'))

    expect(paramsOf(again).get('prompt')).toBeNull()
    expect(paramsOf(again).get('scope')).toContain('User.Read')
  })

  test('is not used again without a question when the user tries again', async ({ site }) => {
    const browser = new Browser()
    const declined = await sendToCallback(
      browser,
      await site.startSignIn(browser, { path: '/me', consent: false }),
    )
    const [, tryAgain = ''] = /href="([^"]+)" class="primary">Try again/.exec(declined.text) ?? []

    const again = await browser.navigate(tryAgain.replaceAll('&amp;', '&'))

    expect(paramsOf(again).get('prompt')).toBe('select_account')
  })
})

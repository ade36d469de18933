import { describe, expect, test as base } from '../support/fixtures.ts'
import { Browser, type BrowserResponse } from '../support/browser.ts'
import { startSignIn, sendToCallback } from '../support/site.ts'
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

  /** Begins a sign-in, and brings an error back in the place of its code. */
  .extend(
    'failWith',
    ({ site, returnWithError }) =>
      async (browser: Browser, error: Record<string, string>): Promise<BrowserResponse> => {
        const redirect = await browser.navigate(`${site.origin}/other`)
        return returnWithError(browser, redirect, error)
      },
  )

describe('a sign-in that the provider wants more for', () => {
  test('is started again with the claims that the provider asks for', async ({ failWith }) => {
    const claims = '{"id_token":{"acrs":{"essential":true,"value":"c1"}}}'

    const again = await failWith(new Browser(), { error: 'interaction_required', claims })

    expect(again.status).toBe(302)
    expect(JSON.parse(paramsOf(again).get('claims') ?? '')).toEqual(JSON.parse(claims))
  })

  test('is started again without claims that are none', async ({ failWith }) => {
    const again = await failWith(new Browser(), { error: 'interaction_required', claims: '[1]' })

    expect(again.status).toBe(302)
    expect(paramsOf(again).get('claims')).toBeNull()
  })

  test('is started again with a question for consent, where that is what is missing', async ({
    failWith,
  }) => {
    const again = await failWith(new Browser(), { error: 'consent_required' })

    expect(paramsOf(again).get('prompt')).toBe('consent')
  })

  test('is started again with a choice of accounts, where that is what is missing', async ({
    failWith,
  }) => {
    const again = await failWith(new Browser(), { error: 'account_selection_required' })

    expect(paramsOf(again).get('prompt')).toBe('select_account')
  })

  test('is started again with the claims of the options beside those that the provider asks for', async ({
    openSite,
    returnWithError,
  }) => {
    const other = await openSite({ claims: '{"id_token":{"given_name":null}}' })
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

  test('leaves no cookie of the first try behind, and a word in the log', async ({
    failWith,
    site,
  }) => {
    const browser = new Browser()

    const again = await failWith(browser, { error: 'consent_required' })

    expect(again.status).toBe(302)
    expect([...browser.cookies.keys()]).toHaveLength(1)
    expect(site.logs.at(-1)).toContain('consent_required')
  })

  test('is a page the second time', async ({ failWith, returnWithError }) => {
    const browser = new Browser()
    const again = await failWith(browser, { error: 'interaction_required' })

    const response = await returnWithError(browser, again, { error: 'interaction_required' })

    expect(response.status).toBe(401)
    expect(response.text).toContain('One more step is required')
  })
})

describe('an answer that this site did not ask for', () => {
  test('is a word in the log, and no warning: anybody can send one', async ({ openSite }) => {
    const infos: string[] = []
    const warnings: string[] = []
    const other = await openSite({
      logger: {
        info: (message) => void infos.push(message),
        warn: (message) => void warnings.push(message),
      },
    })

    await new Browser().navigate(`${other.origin}/redirect?code=x&state=x`)

    expect(infos).toEqual([expect.stringContaining('was not created by this application')])
    expect(warnings).toEqual([])
  })
})

describe('an account that was rejected', () => {
  test('may be taken again at a provider that knows no account picker', async ({
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
      await startSignIn(other, provider, browser, { path: '/me', consent: false }),
    )

    const again = await browser.navigate(linkUrl(declined, 'Try again'))

    expect(paramsOf(again).get('prompt')).toBeNull()
    expect(paramsOf(again).get('scope')).toContain('User.Read')
  })

  test('is not taken again without a question when its user tries again', async ({
    site,
    provider,
  }) => {
    const browser = new Browser()
    const declined = await sendToCallback(
      browser,
      await startSignIn(site, provider, browser, { path: '/me', consent: false }),
    )
    const [, tryAgain = ''] = /href="([^"]+)">Try again/.exec(declined.text) ?? []

    const again = await browser.navigate(tryAgain.replaceAll('&amp;', '&'))

    expect(paramsOf(again).get('prompt')).toBe('select_account')
  })
})

import type { ErrorPage } from '../../src/options/page-options.ts'
import { defaultConfig } from 'identity-web-dev'
import type { AuthOptions } from 'identity-web/express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import {
  expectErrorPage,
  expectNoSession,
  expectRejected,
  signedInUser,
} from '../support/attack.ts'
import { Browser, type BrowserResponse } from '../support/browser.ts'
import { sendToCallback, type Site } from '../support/site.ts'
import {
  requestParams,
  followToCallback,
  signInThrough,
  grants,
  linkUrl,
} from '../support/steps.ts'

const [app, ...apps] = defaultConfig.apps
const permissions = [...(app?.permissions ?? []), 'Directory.Read.All']

const APPROVE = 'Approve for my organization'
const PAGE = '/directory?a=1'

const test = base
  .extend('providerOptions', { config: { apps: [{ ...app!, permissions }, ...apps] } })
  .extend('open', ({ openSite }) => async (options: AuthOptions = {}): Promise<Site> => {
    const site = await openSite(options)
    const guarded = site.auth.loginRequired(
      { scopes: 'Directory.Read.All' },
      (_req, res, { scopes }) => void res.json(scopes),
    )
    site.app.get('/directory', guarded)
    return site
  })
  .extend('site', ({ open }) => open())

  /** A user requests a page that needs the consent of an administrator. */
  .extend(
    'openRejectedPage',
    ({ provider }) =>
      (site: Site, browser: Browser): Promise<BrowserResponse> =>
        signInThrough(browser, provider, site.origin + PAGE),
  )

  /** Opens the approval page of the provider by the link. */
  .extend(
    'askForApproval',
    ({ openRejectedPage }) =>
      async (site: Site, browser: Browser): Promise<BrowserResponse> => {
        const page = await openRejectedPage(site, browser)
        return browser.navigate(linkUrl(page, APPROVE))
      },
  )

describe('a page whose scopes require the consent of an administrator', () => {
  test('explains this, and offers a link to approve', async ({ openRejectedPage, site }) => {
    const browser = new Browser()

    const page = await openRejectedPage(site, browser)

    expectErrorPage(site, page, 403)
    expect(page.text).toContain('Your administrator must approve this application')
    expect(linkUrl(page, APPROVE)).toContain(`${site.origin}/login?return_to=%2Fdirectory%3Fa%3D1&`)
    expect(page.text).toContain(`choose &quot;${APPROVE}&quot;.`)
    // Only administrators can approve, so the first action is for everybody else.
    const actions = [...page.text.matchAll(/<a href="[^"]*"[^>]*>([^<]+)<\/a>/g)]
    expect(actions.map(([, name]) => name).slice(0, 3)).toEqual([
      'Back to the application',
      APPROVE,
      'Try again',
    ])
    await expectNoSession(site, browser, page)
  })

  test('offers to try again with the rejected scopes', async ({ openRejectedPage, site }) => {
    const browser = new Browser()

    const redirect = await browser.navigate(
      linkUrl(await openRejectedPage(site, browser), 'Try again'),
    )

    expect(requestParams(redirect).get('scope')).toContain('Directory.Read.All')
  })

  test('sends an administrator to the approval page of the provider, with our state', async ({
    askForApproval,
    provider,
    site,
  }) => {
    const redirect = await askForApproval(site, new Browser())

    const params = requestParams(redirect)
    expect(redirect.location?.split('?')[0]).toBe(`${provider.authority()}/adminconsent`)
    expect(params.get('client_id')).toBe(provider.app.clientId)
    expect(params.get('redirect_uri')).toBe(`${site.origin}/redirect`)
    expect(params.get('state')?.length).toBeGreaterThan(40)
    expect([...params.keys()].toSorted()).toEqual(['client_id', 'redirect_uri', 'state'])
  })

  test('opens for all users after the approval, and the administrator returns to it', async ({
    provider,
    askForApproval,
    site,
  }) => {
    const [browser, other] = [new Browser(), new Browser()]

    const response = await followToCallback(
      browser,
      provider,
      await askForApproval(site, browser),
      { as: 'sam' },
    )

    expect([response.status, response.location]).toEqual([302, PAGE])
    expect(await signedInUser(site, browser)).toBeUndefined()
    // The guard handles an administrator like any other user, except for the consent.
    const entered = await signInThrough(other, provider, site.origin + PAGE, { consent: false })
    expect(entered.location).toBe(PAGE)
    expect((await other.navigate(site.origin + PAGE)).json()).toContain('Directory.Read.All')
  })

  test('does not change the session of the administrator', async ({
    provider,
    askForApproval,
    site,
  }) => {
    const browser = await site.signIn({ as: 'alex' })
    const before = browser.cookies.get('identity')?.value

    await followToCallback(browser, provider, await askForApproval(site, browser), { as: 'sam' })

    expect(browser.cookies.get('identity')?.value).toBe(before)
    expect([...browser.cookies.keys()].filter((name) => name.includes('flow'))).toEqual([])
  })

  test('stays closed and shows an error page when the administrator does not approve', async ({
    askForApproval,
    provider,
    openRejectedPage,
    site,
  }) => {
    const browser = new Browser()
    const redirect = await askForApproval(site, browser)

    const response = await followToCallback(browser, provider, redirect, {
      as: 'sam',
      consent: false,
    })

    await expectRejected(site, browser, response, 403)
    expect(response.text).toContain('The sign-in was declined')
    expect(response.text).not.toContain('permission_denied</')
    expectErrorPage(site, await openRejectedPage(site, new Browser()), 403)
  })

  test('passes the link to a page of the application', async ({ open, openRejectedPage }) => {
    const shown: ErrorPage[] = []
    const site = await open({
      pages: {
        error: (page) => {
          shown.push(page)
          return 'OWN'
        },
      },
    })
    const browser = new Browser()

    const page = await openRejectedPage(site, browser)

    expect([page.status, page.text]).toEqual([403, 'OWN'])
    const redirect = await browser.navigate(shown[0]?.adminConsentUrl ?? '')
    expect(redirect.location).toContain('/adminconsent?')
  })

  test('returns the link to a script', async ({ provider, site, signedIn }) => {
    const fault = { kind: 'error', error: 'access_denied', codes: [90094] } as const
    provider.behave({ faults: { token: fault } })

    const response = await signedIn.script(`${site.origin}/me`)

    expect(response.status).toBe(403)
    const { error, adminConsentUrl } = response.json() as Record<string, string>
    expect(error).toBe('access_denied')
    expect((await signedIn.navigate(adminConsentUrl ?? '')).location).toContain('/adminconsent?')
  })

  test.for([
    ['AADSTS90094', true],
    ['AADSTS90095', true],
    ['AADSTS65004', false],
    ['AADSTS900941', false],
  ] as const)(
    'offers the approval for the code %s: %s',
    async ([code, offersApproval], { provider, openRejectedPage, site }) => {
      provider.tamper = {
        authorizationResponse: (params) =>
          new URLSearchParams({
            error: 'access_denied',
            error_description: `${code}: x`,
            state: params.get('state') ?? '',
          }),
      }

      expect((await openRejectedPage(site, new Browser())).text.includes(APPROVE)).toBe(
        offersApproval,
      )
    },
  )

  test('does not offer the link when the provider has no approval page', async ({
    open,
    provider,
    openRejectedPage,
  }) => {
    const site = await open({ authority: undefined, oidcAuthority: provider.oidcAuthority })
    provider.tamper = {
      authorizationResponse: (params) =>
        new URLSearchParams({
          error: 'access_denied',
          error_description: 'AADSTS90094: x',
          state: params.get('state') ?? '',
          iss: params.get('iss') ?? '',
        }),
    }

    const page = await openRejectedPage(site, new Browser())

    expectErrorPage(site, page, 403)
    expect(page.text).not.toContain(APPROVE)
  })

  test('accepts only an encrypted or checked return path from the link', async ({
    openRejectedPage,
    provider,
    site,
  }) => {
    const browser = new Browser()
    const link = new URL(linkUrl(await openRejectedPage(site, browser), APPROVE))
    link.searchParams.set('return_to', '//evil.example/')

    const response = await followToCallback(browser, provider, await browser.navigate(link.href), {
      as: 'sam',
    })

    expect(response.location).toBe('/')
  })
})

describe('a response of the approval page', () => {
  const APPROVAL = { admin_consent: 'True', tenant: 'c0000000-0000-4000-8000-000000000001' }

  const answerUrl = (site: Site, params: Record<string, string>): string =>
    `${site.origin}/redirect?${new URLSearchParams(params)}`

  test('with an unknown state is rejected and does not sign in a user', async ({
    askForApproval,
    site,
  }) => {
    const browser = new Browser()
    await askForApproval(site, browser)

    for (const state of ['', 'x', 'A'.repeat(300)]) {
      const response = await browser.navigate(answerUrl(site, { ...APPROVAL, state }))
      await expectRejected(site, browser, response, 400)
    }
  })

  test('that was already used does not sign in a user', async ({
    askForApproval,
    provider,
    site,
  }) => {
    const browser = new Browser()
    const redirect = await askForApproval(site, browser)
    const result = await provider.signIn(redirect.location ?? '', { as: 'sam' })
    await sendToCallback(browser, result)

    const again = await sendToCallback(browser, result)

    expect(again.location).toContain('/adminconsent?')
    await expectNoSession(site, browser, again)
  })

  test('in a browser without its cookie does not sign in a user, and shows a page the second time', async ({
    askForApproval,
    provider,
    site,
  }) => {
    const victim = new Browser()
    const redirect = await askForApproval(site, new Browser())
    const response = await sendToCallback(
      victim,
      await provider.signIn(redirect.location ?? '', { as: 'sam' }),
    )

    expect(response.location).toContain('/adminconsent?')
    await expectNoSession(site, victim, response)
    const second = await followToCallback(victim, provider, response, { as: 'sam' })
    expect(second.location).toBe(PAGE)
    const third = new Browser()
    await expectRejected(
      site,
      third,
      await followToCallback(third, provider, response, { as: 'sam' }),
      400,
    )
  })

  test.for(['True', 'true', '1', ''])(
    'with the state of a sign-in does not skip checks: rejects admin_consent=%j without a code',
    async (admin_consent, { site, browser }) => {
      const state = requestParams(await browser.navigate(`${site.origin}/`)).get('state') ?? ''

      const response = await browser.navigate(
        answerUrl(site, { ...APPROVAL, admin_consent, state }),
      )

      await expectRejected(site, browser, response, 400)
    },
  )

  test('with the state of a sign-in does not skip checks: checks the ID token as usual', async ({
    provider,
    site,
  }) => {
    const browser = new Browser()
    provider.tamper = { idToken: (claims, sign) => sign({ ...claims, nonce: 'stolen' }) }
    const { url } = await site.startSignIn(browser)
    url.searchParams.set('admin_consent', 'True')

    await expectRejected(site, browser, await browser.navigate(url.href), 401)
  })

  test.for([
    ['approved', APPROVAL, 0],
    ['not', {}, 1],
  ] as const)(
    'with the code of a sign-in does not sign in a user: %s',
    async ([, more, redeemed], { provider, askForApproval, site, browser }) => {
      const attacker = await site.startSignIn(new Browser(), { as: 'robin' })
      const code = attacker.url.searchParams.get('code') ?? ''
      const state = requestParams(await askForApproval(site, browser)).get('state') ?? ''
      const before = grants(provider, 'authorization_code').length

      const response = await browser.navigate(answerUrl(site, { ...more, code, state }))

      // The code of another flow is rejected, and the approval restarts.
      expect(grants(provider, 'authorization_code').length - before).toBe(redeemed)
      expect(response.status).toBe(302)
      await expectNoSession(site, browser, response)
    },
  )
})

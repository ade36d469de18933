import { azureCredential } from 'identity-web/azure'
import { signIn, type Browser, type Site } from '../../support/site.ts'
import {
  followToCallback,
  grants,
  requestedClaims,
  requestParams,
  signInThrough,
} from '../../support/steps.ts'
import { describe, expect, issuedAfter, STEP_UP, test as base } from '../fixtures.ts'
import { sdks, type Sdk } from './sdks.ts'

const test = base
  /** A site whose page `/sdk` shows the user that a service sees. */
  .extend('open', ({ openSite, origins }) => async (sdk: Sdk) => {
    const site = await openSite({ clientCapabilities: ['cp1'] })
    site.app.get(
      '/sdk',
      site.auth.loginRequired(async (_req, res, context) => {
        res.json(await sdk.open(origins, azureCredential(context))())
      }),
    )
    return site
  })
  /** Signs a user in who has consented to the scopes of the SDK. */
  .extend('signInTo', ({ provider }) => async (site: Site, as = 'alex') => {
    const browser = await signIn(site, provider, { as })
    await signInThrough(browser, provider, `${site.origin}/sdk`, { as })
    return browser
  })

/** Returns the name of the user whose data the page shows. */
async function userAt(site: Site, browser: Browser): Promise<unknown> {
  const page = await browser.navigate(`${site.origin}/sdk`)
  expect(page.status, page.text).toBe(200)
  return page.json()
}

const scopeOf = ({ resource }: Sdk): string => `${resource}/.default`

describe.each(Object.entries(sdks))('%s in a route of a session', (_name, sdk) => {
  test('gets the data of the signed-in user', async ({ open, signInTo, provider }) => {
    const site = await open(sdk)
    const browsers = { alex: await signInTo(site, 'alex'), robin: await signInTo(site, 'robin') }
    for (const [as, browser] of Object.entries(browsers)) {
      expect(await userAt(site, browser)).toBe(provider.user(as).username)
    }
  })

  test('leads a user without consent to the consent page for the scopes of the SDK', async ({
    open,
    provider,
  }) => {
    const site = await open(sdk)
    const browser = await signIn(site, provider)

    const redirect = await browser.navigate(`${site.origin}/sdk`)
    const back = await followToCallback(browser, provider, redirect)

    expect(requestParams(redirect).get('scope')?.split(' ')).toContain(scopeOf(sdk))
    expect(back.location).toBe('/sdk')
    expect(await userAt(site, browser)).toBe(provider.user('alex').username)
  })

  test('leads the user to the sign-in that a policy of Conditional Access requires', async ({
    open,
    signInTo,
    provider,
    clock,
  }) => {
    const site = await open(sdk)
    const browser = await signInTo(site)
    clock.advance(4000)
    const fault = { kind: 'error', error: 'interaction_required', times: 1 } as const
    provider.behave({ faults: { token: { ...fault, claims: JSON.stringify(STEP_UP) } } })

    const redirect = await browser.navigate(`${site.origin}/sdk`)
    await followToCallback(browser, provider, redirect)

    expect(requestedClaims(redirect)).toMatchObject(STEP_UP)
    expect(await userAt(site, browser)).toBe(provider.user('alex').username)
  })
})

const readers = Object.entries(sdks).filter(([, sdk]) => sdk.ignoresChallenges !== true)

describe.each(readers)(
  '%s with a claims challenge of a service, in a route of a session',
  (_name, sdk) => {
    test('gets another token after the service revoked the first one', async ({
      open,
      signInTo,
      provider,
      clock,
      requireClaims,
    }) => {
      const site = await open(sdk)
      const browser = await signInTo(site)
      clock.advance(60)
      const claims = issuedAfter(clock.now())
      requireClaims(claims)

      for (let visit = 0; visit < 2; visit++) {
        expect(await userAt(site, browser)).toBe(provider.user('alex').username)
      }
      const answers = grants(provider, 'refresh_token').filter(({ claims: sent }) =>
        JSON.stringify(sent).includes('nbf'),
      )
      expect(answers).toEqual([
        {
          claims: expect.objectContaining({
            access_token: expect.objectContaining(claims.access_token),
          }),
        },
      ])
    })

    test('leads the user to the sign-in that the service requires', async ({
      open,
      signInTo,
      provider,
      requireClaims,
    }) => {
      const site = await open(sdk)
      const browser = await signInTo(site)
      requireClaims(STEP_UP)

      const redirect = await browser.navigate(`${site.origin}/sdk`)
      await followToCallback(browser, provider, redirect)

      expect(requestedClaims(redirect)).toMatchObject(STEP_UP)
      expect(requestParams(redirect).get('scope')?.split(' ')).toContain(scopeOf(sdk))
      expect(await userAt(site, browser)).toBe(provider.user('alex').username)
    })
  },
)

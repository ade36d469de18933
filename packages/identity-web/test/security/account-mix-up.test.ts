import type { SignInOptions } from 'identity-web-dev'
import type { AuthOptions, Claims } from 'identity-web/express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { Browser, type BrowserResponse } from '../support/browser.ts'
import type { Site } from '../support/site.ts'
import { signInThrough } from '../support/steps.ts'

// Azure AD B2C can omit the subject ("Subject (sub) claim: Not supported"). All users then have this value, and only
// `oid` distinguishes them.
const NO_SUBJECT = 'Not supported currently. Use oid claim.'
const TODOS = 'https://fabrikamb2c.onmicrosoft.com/todos/Todos.Read'

const test = base
  .extend('provider', ({ provider }) => {
    provider.tamper = { idToken: (claims, sign) => sign({ ...claims, sub: NO_SUBJECT }) }
    return provider
  })
  .extend(
    'open',
    ({ openSite, provider, clock }) =>
      async (options: AuthOptions = {}): Promise<Site> => {
        const site = await openSite({
          authority: undefined,
          b2c: provider.b2c,
          now: clock.now,
          ...options,
        })
        const { app, auth } = site
        app.get('/profile', async (req, res) => {
          res.json({ url: await auth.getEditProfileUrl(req) })
        })
        app.get(
          '/todos',
          auth.loginRequired(
            { scopes: TODOS },
            (_req, res, { accessToken }) => void res.json({ accessToken }),
          ),
        )
        return site
      },
  )
  .extend('site', ({ open }) => open())
  .extend(
    'signInAs',
    ({ provider }) =>
      async (
        site: Site,
        browser: Browser,
        path: string,
        options: SignInOptions,
      ): Promise<BrowserResponse> => {
        const response = await signInThrough(browser, provider, site.origin + path, options)
        expect(response.status).toBe(302)
        return response
      },
  )

async function claimsOf(site: Site, browser: Browser): Promise<Claims> {
  const page = await browser.navigate(`${site.origin}/`)
  expect(page.status).toBe(200)
  return (page.json() as { claims: Claims }).claims
}

function payloadOf(token: string): Record<string, unknown> {
  const [, payload = ''] = token.split('.')
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
}

describe('users of a tenant without subjects', () => {
  test('do not get the tokens of the previous user', async ({ signInAs, site, browser }) => {
    await signInAs(site, browser, '/todos', { as: 'mia' })
    const mia = await claimsOf(site, browser)

    await signInAs(site, browser, '/login', { as: 'lee' })

    const lee = await claimsOf(site, browser)
    expect(lee['oid']).not.toBe(mia['oid'])
    const page = await browser.navigate(`${site.origin}/todos`)
    expect(page.status).toBe(200)
    const { accessToken } = page.json() as { accessToken: string }
    expect(payloadOf(accessToken)['oid']).toBe(lee['oid'])
  })

  test('do not edit their profile into the session of another', async ({
    signInAs,
    provider,
    site,
  }) => {
    const browser = new Browser()
    await signInAs(site, browser, '/', { as: 'mia' })
    const { url } = (await browser.navigate(`${site.origin}/profile`)).json() as { url: string }

    await signInThrough(browser, provider, url, { as: 'lee', displayName: 'Evil' })

    expect((await claimsOf(site, browser)).name).toBe('Mia Santos')
  })

  test('can edit their own profile', async ({ signInAs, provider, site, browser }) => {
    const cookies = new Map<string, string>()
    await signInAs(site, browser, '/', { as: 'mia', cookies })
    const { url } = (await browser.navigate(`${site.origin}/profile`)).json() as { url: string }

    await signInThrough(browser, provider, url, { as: 'mia', cookies, displayName: 'Mia S.' })

    expect((await claimsOf(site, browser)).name).toBe('Mia S.')
  })

  test('do not become another user by a refresh', async ({ signInAs, provider, clock, site }) => {
    const browser = new Browser()
    await signInAs(site, browser, '/', { as: 'mia' })
    provider.tamper = {
      idToken: (claims, sign) =>
        sign({ ...claims, sub: NO_SUBJECT, oid: '99999999-0000-4000-8000-000000000000' }),
    }
    clock.advance(3700)

    const response = await browser.navigate(`${site.origin}/`)

    expect(response.status).toBe(302)
  })

  test('are rejected when the token does not have an oid either', async ({
    provider,
    open,
    signInAs,
  }) => {
    provider.tamper = {
      idToken: ({ oid: _oid, ...claims }, sign) => sign({ ...claims, sub: NO_SUBJECT }),
    }
    const site = await open()
    const browser = new Browser()
    await signInAs(site, browser, '/todos', { as: 'mia' })

    await signInAs(site, browser, '/login', { as: 'lee' })

    const page = await browser.navigate(`${site.origin}/todos`)
    const { accessToken } = page.json() as { accessToken: string }
    expect(payloadOf(accessToken)['name']).toBe('Lee Park')
  })
})

describe('users of two tenants with the same subject', () => {
  test('do not get the tokens of each other', async ({ openSite, provider, clock, signInAs }) => {
    const site = await openSite({
      authority: provider.authority('common'),
      now: clock.now,
    })
    const same = { sub: 'same', oid: '11111111-2222-4333-8444-555555555555' }
    provider.tamper = { idToken: (claims, sign) => sign({ ...claims, ...same }) }
    const tokenOf = async (browser: Browser): Promise<unknown> => {
      const page = await browser.navigate(`${site.origin}/token`)
      return page.status === 200 ? (page.json() as { accessToken: string }).accessToken : undefined
    }
    const browser = new Browser()
    await signInAs(site, browser, '/token', { as: 'alex' })
    const alex = await claimsOf(site, browser)
    const token = await tokenOf(browser)

    await signInAs(site, browser, '/login', { as: 'jo' })

    const other = await claimsOf(site, browser)
    expect(other.sub).toBe(alex.sub)
    expect(other.iss).not.toBe(alex.iss)
    expect(token).toEqual(expect.any(String))
    expect(await tokenOf(browser)).not.toBe(token)
  })
})

import type { AuthOptions } from 'identity-web/express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import type { BrowserResponse } from '../support/browser.ts'
import { Browser, signIn, type Site } from '../support/site.ts'

const test = base
  .extend('behaviour', { consent: 'skip' })
  .extend('siteOptions', ({ provider }) => (origin: string): AuthOptions => ({
    authority: undefined,
    oidcAuthority: provider.oidcAuthority,
    postLogoutRedirectUri: `${origin}/bye?a=1&b=ü`,
  }))

  /** Completes a sign-out, and returns the URL to which the provider redirects the browser. */
  .extend(
    'returnUrl',
    ({ provider }) =>
      async (at: { readonly origin: string }, path = '/logout'): Promise<string> => {
        const browser = await signIn(at, provider)
        const { location = '' } = await browser.navigate(at.origin + path)
        return (await provider.signIn(location)).url.href
      },
  )

describe('the state of a sign-out', () => {
  const visit = (url: string, method = 'GET'): Promise<BrowserResponse> =>
    new Browser().navigate(url, { method, headers: { 'sec-fetch-site': 'cross-site' } })

  /** Opens the landing page of the application. */
  function withBye(at: Site): Site {
    at.app.get('/bye', (req, res) => void res.send(`bye ${req.url}`))
    return at
  }

  test('is removed from the URL of the landing page', async ({ returnUrl, site }) => {
    const back = await returnUrl(site)

    const response = await visit(back)

    expect(back).toContain('state=signed-out.')
    expect(response.status).toBe(302)
    expect(response.location).toBe(`${site.origin}/bye?a=1&b=%C3%BC`)
    expect(response.headers['cache-control']).toBe('private, no-store')
  })

  test.for([
    ['empty', 'signed-out.'],
    ['made up', 'signed-out.AAAABBBBCCCC'],
    ['one letter off', 'changed'],
    ['of another provider', 'foreign'],
    ['of a sign-in', 'sign-in'],
    ['of a login URL', 'login'],
  ] as const)(
    'that is %s leads to the page without it',
    async ([, state], { returnUrl, site, openSite }) => {
      const own = new URL(await returnUrl(site)).searchParams.get('state') ?? ''
      const foreign = await openSite({ redirectUri: `${site.origin}/redirect` })
      const states: Record<string, () => Promise<string>> = {
        changed: async () => own.slice(0, 20) + (own[20] === 'A' ? 'B' : 'A') + own.slice(21),
        foreign: async () => new URL(await returnUrl(foreign)).searchParams.get('state') ?? '',
        login: async () => {
          const { text } = await new Browser().script(`${site.origin}/mail`)
          return `signed-out.${/[?&]request=([\w.%-]+)/.exec(text)?.[1] ?? 'none'}`
        },
        'sign-in': async () => {
          const { location = '' } = await new Browser().navigate(`${site.origin}/`)
          return `signed-out.${new URL(location).searchParams.get('state')}`
        },
      }
      const forged = (await states[state]?.()) ?? state

      const logged = site.logs.length
      const page = `${site.origin}/bye`
      const url = `${page}?b=%26&state=${forged}&state=own&state=signed-out.`
      const response = await visit(url)

      expect(forged).toMatch(/^signed-out\.(?!none|null)/)
      expect([response.status, response.location]).toEqual([302, `${page}?b=%26&state=own`])
      expect((await visit(`${page}?state=${forged}`)).location).toBe(page)
      expect(site.logs.slice(logged)).toEqual([])
    },
  )

  test.for([
    '?state=their-own',
    '?state=',
    '?a=1',
    '?next=signed-out.',
    '?next_state=signed-out.x',
  ])('of the application is not changed: %s', async (query, { openSite }) => {
    const plain = withBye(await openSite((origin) => ({ postLogoutRedirectUri: `${origin}/bye` })))

    const response = await visit(`${plain.origin}/bye${query}`)

    expect(response.text).toBe(`bye /bye${query}`)
  })

  test('is distinguished from a state of the landing URL', async ({ openSite, returnUrl }) => {
    const plain = withBye(
      await openSite((origin) => ({ postLogoutRedirectUri: `${origin}/bye?state=own` })),
    )

    const response = await visit(await returnUrl(plain))

    expect(response.location).toBe(`${plain.origin}/bye?state=own`)
    expect((await visit(response.location ?? '')).text).toBe('bye /bye?state=own')
  })

  test('allows characters that headers cannot contain', async ({ openSite, provider }) => {
    const plain = await openSite((origin) => ({ postLogoutRedirectUri: `${origin}/bye?to=Łódź` }))
    const browser = await signIn(plain, provider)
    const { location = '' } = await browser.navigate(`${plain.origin}/logout`)
    const state = new URL(location).searchParams.get('state') ?? ''

    const response = await visit(`${plain.origin}/bye?state=${state}`)
    const ofNobody = await browser.navigate(`${plain.origin}/logout`)

    expect(response.location).toBe(`${plain.origin}/bye?to=%C5%81%C3%B3d%C5%BA`)
    expect(ofNobody.location).toMatch(/^[!-~]+$/)
    expect(new URL(ofNobody.location ?? '').searchParams.get('post_logout_redirect_uri')).toBe(
      `${plain.origin}/bye?to=Łódź`,
    )
  })

  test('is only read on the landing path', async ({ openSite }) => {
    const plain = withBye(await openSite())

    expect((await visit(`${plain.origin}/bye?state=signed-out.x`)).text).toContain('bye')
  })

  test.for<readonly [string, (origin: string) => AuthOptions]>([
    ['at another origin', () => ({ postLogoutRedirectUri: 'http://localhost:1/bye' })],
    ['whose routes are the application’s', () => ({ routes: false })],
  ])('is not sent for a landing page %s', async ([, options], { openSite, returnUrl }) => {
    const plain = await openSite(options)
    plain.app.get('/redirect', (req, res) => plain.auth.completeLogin(req, res))
    plain.app.get('/logout', (req, res) => plain.auth.logout(req, res))
    const landing = options(plain.origin).postLogoutRedirectUri ?? `${plain.origin}/`

    expect(await returnUrl(plain)).toBe(landing)
  })

  test('is not sent for a landing page that the application chose', async ({
    openSite,
    returnUrl,
  }) => {
    const plain = withBye(await openSite())
    plain.app.get('/leave', (req, res) => plain.auth.logout(req, res, `${plain.origin}/bye`))

    expect(await returnUrl(plain, '/leave')).toBe(`${plain.origin}/bye`)
  })

  test('is ignored by our pages when the landing page has another origin', async ({ openSite }) => {
    const plain = withBye(
      await openSite(() => ({ postLogoutRedirectUri: 'http://localhost:1/bye' })),
    )

    expect((await visit(`${plain.origin}/bye?state=signed-out.x`)).text).toContain('bye')
  })
})

import { deviceCode } from 'identity-web/device-code'
import { Browser } from '../support/browser.ts'
import type { BrowserResponse } from '../support/browser.ts'
import { describe, expect, test as base } from '../support/plain-fixtures.ts'

// OpenID Connect Core, section 4: another party sends the user to initiate_login_uri, which is the login route.

interface Started {
  readonly response: BrowserResponse
  readonly query: URLSearchParams
  /** The location after the sign-in. */
  readonly end: string | undefined
}

const test = base
  .extend('site', ({ openPlainSite }) => openPlainSite())
  .extend(
    'start',
    ({ plain, site }) =>
      async (
        given: Record<string, string> | [string, string][],
        method = 'GET',
        at: { readonly origin: string } = site,
      ): Promise<Started> => {
        const browser = new Browser()
        const form = new URLSearchParams(given)
        const url = `${at.origin}/login`
        const response =
          method === 'POST'
            ? await browser.postCrossSite(url, Object.fromEntries(form))
            : await browser.navigate(`${url}?${String(form)}`, {
                headers: { 'sec-fetch-site': 'cross-site' },
              })
        if (response.location?.startsWith(plain.issuer) !== true) {
          return { response, query: new URLSearchParams(), end: undefined }
        }
        const back = await browser.navigate(await plain.authorize(response.location))
        return { response, query: new URL(response.location).searchParams, end: back.location }
      },
  )

describe('a sign-in that another party starts', () => {
  test.for(['GET', 'POST'])('by %s leads to the target', async (method, { plain, site, start }) => {
    const target = `${site.origin}/other?a=1&b=%2F#part`

    const { response, query, end } = await start(
      { iss: plain.issuer, login_hint: 'ada@example.com', target_link_uri: target },
      method,
    )

    expect(response.status).toBe(method === 'POST' ? 303 : 302)
    expect(query.get('login_hint')).toBe('ada@example.com')
    expect(end).toBe('/other?a=1&b=%2F#part')
  })

  test.for(['GET', 'POST'])(
    'by %s without a target leads to the home page',
    async (method, { plain, start }) => {
      expect((await start({ iss: plain.issuer }, method)).end).toBe('/')
    },
  )

  test.for(['GET', 'POST'])(
    'by %s is rejected for another issuer',
    async (method, { plain, site, start }) => {
      for (const iss of [
        'https://evil.example',
        '',
        `${plain.issuer}/`,
        plain.issuer.toUpperCase(),
        `${plain.issuer}.evil.example`,
      ]) {
        const { response } = await start({ iss, target_link_uri: `${site.origin}/other` }, method)

        expect(response.status).toBe(400)
        expect(response.location).toBeUndefined()
        expect(response.setCookies).toEqual([])
      }
      expect(plain.to('/authorize')).toHaveLength(0)
    },
  )

  test('is rejected if it names two issuers', async ({ plain, start }) => {
    const { response } = await start([
      ['iss', plain.issuer],
      ['iss', 'https://evil.example'],
    ])

    expect(response.status).toBe(400)
  })

  test('ignores a hint that cannot be a name, and parameters of the provider', async ({
    plain,
    start,
  }) => {
    const { query, end } = await start({
      iss: plain.issuer,
      login_hint: 'a\r\nb',
      prompt: 'none',
      scope: 'admin',
      redirect_uri: 'https://evil.example',
      return_to: '/other',
      state: 'x',
    })

    expect(query.has('login_hint')).toBe(false)
    expect(query.has('prompt')).toBe(false)
    expect(query.get('scope')).toBe('openid profile email offline_access')
    expect(query.get('redirect_uri')).not.toContain('evil')
    expect(end).toBe('/')
  })

  test('does not start from a script or a hidden iframe of another site', async ({
    plain,
    site,
  }) => {
    const url = `${site.origin}/login?iss=${encodeURIComponent(plain.issuer)}`
    const script = await new Browser().script(url, { headers: { 'sec-fetch-site': 'cross-site' } })
    const frame = await new Browser().navigate(url, {
      headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe' },
    })

    for (const response of [script, frame]) {
      expect(response.status).toBe(401)
      expect(response.setCookies).toEqual([])
    }
  })

  test('does not replace a session before the user has signed in', async ({ plain, site }) => {
    const browser = new Browser()
    const { location } = await browser.navigate(site.origin)
    await browser.navigate(await plain.authorize(location ?? ''))
    const before = browser.cookies.get('identity')?.value

    await browser.postCrossSite(`${site.origin}/login`, { iss: plain.issuer })

    expect(browser.cookies.get('identity')?.value).toBe(before)
    expect((await browser.navigate(site.origin)).status).toBe(200)
  })

  test('needs iss: without it, target_link_uri has no effect', async ({ site, start }) => {
    expect((await start({ target_link_uri: `${site.origin}/other` })).end).toBe('/')
  })
})

describe('target_link_uri never leads out of the application', () => {
  const OUTSIDE = (origin: string): string[] => {
    const host = origin.slice('http://'.length)
    return [
      'https://evil.example/',
      '//evil.example/',
      '/other',
      'other',
      '',
      'javascript:alert(1)',
      'data:text/html,x',
      `${origin}.evil.example/other`,
      `${origin}@evil.example/other`,
      `${origin}:80@evil.example/other`,
      `${origin}//evil.example`,
      `${origin}/\\evil.example`,
      `${origin}/\t/evil.example`,
      `${origin}/%2f/evil.example`,
      `${origin}/.//evil.example`,
      `${origin}\\evil.example`,
      `${origin}?x=//evil.example`,
      `${origin}#//evil.example`,
      `http:\\\\${host}/other`,
      `http:${host}/other`,
      `http:///${host}/other`,
      `https://${host}/other`,
      `HTTP://${host}/other`,
      `http://user:password@${host}/other`,
      ` ${origin}/other`,
      `${origin}/other\u0000`,
      `${origin}/other\r\nset-cookie: a=b`,
      `${origin}/${'a'.repeat(3000)}`,
      `${origin}/login`,
      `${origin}/logout`,
      `${origin}/redirect?code=x`,
    ]
  }

  test.for(['GET', 'POST'])('by %s', async (method, { plain, site, start }) => {
    for (const target of OUTSIDE(site.origin)) {
      const { end } = await start({ iss: plain.issuer, target_link_uri: target }, method)
      expect(end, target).toBe('/')
    }
  })

  test('and a second target leads to the home page', async ({ plain, site, start }) => {
    const { end } = await start([
      ['iss', plain.issuer],
      ['target_link_uri', `${site.origin}/other`],
      ['target_link_uri', 'https://evil.example'],
    ])

    expect(end).toBe('/')
  })

  test('and stays below the base path', async ({ openSite, plain, plainOptions, start }) => {
    const site = await openSite((origin) => ({
      ...plainOptions(origin),
      redirectUri: `${origin}/shop/redirect`,
      basePath: '/shop',
    }))
    const at = { origin: `${site.origin}/shop` }
    const endAt = async (path: string): Promise<string | undefined> => {
      const target = { iss: plain.issuer, target_link_uri: site.origin + path }
      return (await start(target, 'GET', at)).end
    }

    expect(await endAt('/shop/cart')).toBe('/shop/cart')
    for (const path of ['/bank', '/shopping', '/shop/../bank', '/shop/%2e%2e/bank', '/']) {
      expect(await endAt(path), path).toBe('/shop/')
    }
  })

  test('in the device code flow, where the origin is not known', async ({ openSite, plain }) => {
    plain.rules.metadata = { device_authorization_endpoint: `${plain.issuer}/device` }
    const site = await openSite({
      authority: undefined,
      oidcAuthority: plain.issuer,
      clientId: 'web',
      redirectUri: undefined,
      signIn: deviceCode(),
    })

    const response = await new Browser().postCrossSite(`${site.origin}/login`, {
      iss: 'https://evil.example',
    })

    // The body is read for a poll first.
    expect(response.status).toBe(400)
  })
})

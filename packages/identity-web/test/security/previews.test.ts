import type { AuthOptions } from 'identity-web/express'
import type { DevProvider, SignInResult } from 'identity-web-dev'
import { previewRelay } from 'identity-web/previews'
import { createPreviews } from '../../src/previews/relay.ts'
import { createPreviewStates, type PreviewStates } from '../../src/previews/states.ts'
import type { Preview, PreviewOwner } from '../../src/seams/previews.ts'
import { expectErrorPage, expectNoSession, requestCount, signedInUser } from '../support/attack.ts'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { Browser, atSite, sendToCallback, type Site } from '../support/site.ts'

/** The origin that is registered. The tests send its requests to the port of the relay. */
const STABLE = 'http://localhost:4999'
const redirectUri = `${STABLE}/redirect`
const SECRET = 'MARKED-preview-secret-of-the-tests-0123456789'
const OTHER_SECRET = 'MARKED-another-preview-secret-9876543210-abc'

const test = base
  .extend('behaviour', { consent: 'skip' })
  .extend(
    'openPreview',
    ({ openSite }) =>
      (options: AuthOptions = {}, secret = SECRET): Promise<Site> =>
        openSite((origin) => ({
          redirectUri,
          previews: previewRelay({ origin, secret }),
          // Each deployment has its own.
          session: { secret: `MARKED-session-secret-of-the-preview-${origin}` },
          ...options,
        })),
  )
  .extend(
    'openRelay',
    ({ openSite }) =>
      (
        origins: readonly string[],
        options: AuthOptions = {},
        secret: string | readonly string[] = SECRET,
      ): Promise<Site> =>
        openSite({ redirectUri, previews: previewRelay({ origins, secret }), ...options }),
  )
  .extend('preview', async ({ openPreview }) => openPreview())
  .extend('relay', async ({ openRelay, preview }) => openRelay([preview.origin]))

/** A browser at the relay. It has no cookies of the preview. */
function atRelay(relay: Site, back: SignInResult, headers: Record<string, string> = {}) {
  const { url } = atSite(relay, { url: new URL(back.url) })
  return new Browser().navigate(url.href, {
    headers: { 'sec-fetch-site': 'cross-site', ...headers },
  })
}

/** The relay as browsers see it. */
const atStable = (relay: Site): Site => ({ ...relay, origin: STABLE })

function withState(back: SignInResult, state: string): SignInResult {
  const url = new URL(back.url)
  url.searchParams.set('state', state)
  return { url }
}

const stateOf = ({ url }: SignInResult): string => url.searchParams.get('state') ?? ''

/** The settings that all deployments share. */
const ownerOf = (provider: DevProvider): PreviewOwner => ({
  authority: { url: provider.authority() },
  clientId: provider.app.clientId,
  site: {} as PreviewOwner['site'],
  redirectUri,
  now: () => 0,
})

const statesOf = (provider: DevProvider): PreviewStates =>
  createPreviewStates([SECRET], ownerOf(provider))

describe('a sign-in of a preview', () => {
  test('passes through the deployment of the redirect URI, which does not take part', async ({
    preview,
    relay,
    provider,
  }) => {
    const browser = new Browser()
    const back = await preview.startSignIn(browser, { path: '/other?a=1&b=%2F' })
    expect(back.url.origin).toBe(STABLE)

    const relayed = await atRelay(relay, back)

    expect(relayed.status).toBe(302)
    expect(relayed.location).toBe(`${preview.origin}/redirect${back.url.search}`)
    expect(relayed.setCookies).toEqual([])
    expect(relayed.headers['cache-control']).toBe('private, no-store')
    expect(requestCount(provider, 'token')).toBe(0)

    const response = await browser.navigate(relayed.location ?? '', {
      headers: { 'sec-fetch-site': 'cross-site' },
    })
    expect(response.location).toBe('/other?a=1&b=%2F')
    expect(await signedInUser(preview, browser)).toBe('alex@contoso.onmicrosoft.com')
    expect(await signedInUser(relay, browser)).toBeUndefined()
    expect(relay.logs.join()).not.toContain(back.url.searchParams.get('code'))
  })

  test('works with form_post, and keeps the code out of URLs', async ({
    openPreview,
    openRelay,
  }) => {
    const preview = await openPreview({ responseMode: 'form_post' })
    const relay = await openRelay([preview.origin], { responseMode: 'form_post' })
    const browser = new Browser()
    const back = await preview.startSignIn(browser)

    const { url, form } = atSite(relay, back)
    if (form === undefined) throw new Error('The provider did not send a form.')
    const relayed = await new Browser().postCrossSite(url.href, form)
    expect([relayed.status, relayed.location]).toEqual([307, `${preview.origin}/redirect`])

    const response = await browser.postCrossSite(relayed.location ?? '', form)
    expect(response.status).toBe(303)
    expect(await signedInUser(preview, browser)).toBe('alex@contoso.onmicrosoft.com')
  })

  test('gets the errors of the provider too', async ({ preview, relay, provider, browser }) => {
    provider.behave({ consent: 'ask' })
    const back = await preview.startSignIn(browser, { consent: false })
    expect(back.url.searchParams.get('error')).toBe('access_denied')

    const relayed = await atRelay(relay, back)
    const response = await browser.navigate(relayed.location ?? '')

    expectErrorPage(preview, response, 403)
    expect(relay.logs).toEqual([])
  })

  test('does not disturb the sign-ins of the deployment of the redirect URI', async ({ relay }) => {
    const browser = new Browser()
    const back = await relay.startSignIn(browser)

    expect((await sendToCallback(browser, atSite(relay, back))).status).toBe(302)
    expect(await signedInUser(relay, browser)).toBe('alex@contoso.onmicrosoft.com')
  })

  test('works after the secret was replaced in the deployment of the redirect URI', async ({
    preview,
    openRelay,
  }) => {
    const relay = await openRelay([preview.origin], {}, [OTHER_SECRET, SECRET])
    const back = await preview.startSignIn(new Browser())

    expect((await atRelay(relay, back)).location).toContain(preview.origin)
  })
})

describe('a sign-out of a preview', () => {
  /** Signs out of a preview, and returns the URL to which the provider redirects. */
  async function signOut(preview: Site, relay: Site, provider: DevProvider) {
    const browser = new Browser()
    const back = await preview.startSignIn(browser)
    const { location = '' } = await atRelay(relay, back)
    await browser.navigate(location, { headers: { 'sec-fetch-site': 'cross-site' } })
    expect(await signedInUser(preview, browser)).toBe('alex@contoso.onmicrosoft.com')
    const provided = (await browser.navigate(`${preview.origin}/logout`)).location ?? ''
    return { browser, back: await provider.signIn(provided) }
  }

  test('returns to the preview through the deployment of the redirect URI', async ({
    preview,
    relay,
    provider,
  }) => {
    const { browser, back } = await signOut(preview, relay, provider)
    expect(back.url.origin + back.url.pathname).toBe(`${STABLE}/`)

    const relayed = await atRelay(relay, back)
    expect(relayed.status).toBe(302)
    expect(new URL(relayed.location ?? '').origin).toBe(preview.origin)

    const response = await browser.navigate(relayed.location ?? '', {
      headers: { 'sec-fetch-site': 'cross-site' },
    })
    expect([response.status, response.location]).toEqual([302, `${preview.origin}/`])
  })

  test('stays at postLogoutRedirectUri, if it is configured', async ({
    openPreview,
    openRelay,
    provider,
  }) => {
    const bye = { postLogoutRedirectUri: `${STABLE}/bye` }
    const preview = await openPreview(bye)
    const relay = await openRelay([preview.origin], bye)
    const { back } = await signOut(preview, relay, provider)

    expect(back.url.href).toBe(`${STABLE}/bye`)
  })

  test('does not return to a preview after ten minutes', async ({
    preview,
    relay,
    provider,
    clock,
  }) => {
    const { back } = await signOut(preview, relay, provider)
    clock.advance(601)

    expect((await atRelay(relay, back)).location).toBe(`${STABLE}/`)
  })

  test('is not accepted by another preview', async ({ preview, relay, openPreview, provider }) => {
    const { back } = await signOut(preview, relay, provider)
    const { location = '' } = await atRelay(relay, back)
    const other = await openPreview()

    const { search } = new URL(location)
    expect((await new Browser().navigate(`${other.origin}/${search}`)).location).toBe(
      `${other.origin}/`,
    )
  })

  test.for([
    'with another secret',
    'that names another site',
    'of a sign-in',
    'at a deployment without origins',
    'at a deployment without previewRelay()',
  ])(
    'does not lead to another site by a state %s',
    async (what, { preview, relay, openPreview, openRelay, openSite, provider }) => {
      const { back } = await signOut(preview, relay, provider)
      const hostile = async (): Promise<readonly [Site, SignInResult]> => {
        if (what === 'at a deployment without origins') return [await openRelay([]), back]
        if (what === 'at a deployment without previewRelay()') {
          return [await openSite({ redirectUri }), back]
        }
        if (what === 'of a sign-in') {
          const start = await preview.startSignIn(new Browser())
          return [relay, withState(back, `signed-out.${stateOf(start)}`)]
        }
        const secret = what === 'with another secret' ? OTHER_SECRET : SECRET
        const other = await openPreview({}, secret)
        const otherRelay = await openRelay([other.origin], {}, secret)
        return [relay, (await signOut(other, otherRelay, provider)).back]
      }
      const [at, response] = await hostile()
      const { url } = atSite(at, response)

      const { status, location } = await new Browser().navigate(url.href)
      expect([status, location]).toEqual([302, `${STABLE}/`])
    },
  )
})

describe('an open redirect', () => {
  test.for([
    ['another site', 'https://evil.com'],
    ['the parent domain', 'https://preview.example.com'],
    ['two labels', 'https://a.b.preview.example.com'],
    ['a domain that ends with ours', 'https://evilpreview.example.com'],
    ['a domain that starts with ours', 'https://pr-7.preview.example.com.evil.com'],
    ['a path that ends with ours', 'https://evil.com/.preview.example.com'],
    ['a query that ends with ours', 'https://evil.com?.preview.example.com'],
    ['a fragment that ends with ours', 'https://evil.com#.preview.example.com'],
    ['a backslash', 'https://evil.com\\.preview.example.com'],
    ['a user name', 'https://pr-7@preview.example.com'],
    ['a user name in front of another host', 'https://pr-7.preview.example.com@evil.com'],
    ['a port', 'https://pr-7.preview.example.com:8443'],
    ['the default port', 'https://pr-7.preview.example.com:443'],
    ['capitals', 'https://PR-7.preview.example.com'],
    ['http', 'http://pr-7.preview.example.com'],
    ['another scheme', 'javascript://pr-7.preview.example.com'],
    ['a URL with a path', 'https://pr-7.preview.example.com/'],
    ['an empty label', 'https://.preview.example.com'],
    ['a wildcard', 'https://*.preview.example.com'],
    ['letters outside of ASCII', 'https://pr-é.preview.example.com'],
    ['a letter that looks like ours', 'https://pr-7.preview.exаmple.com'],
    ['a full stop that browsers read as a dot', 'https://a。b.preview.example.com'],
    ['an encoded dot', 'https://a%2eb.preview.example.com'],
    ['a line break', 'https://pr-7\n.preview.example.com'],
    ['a dot at the end', 'https://pr-7.preview.example.com.'],
    ['a blob', 'blob:https://pr-7.preview.example.com'],
    ['nothing', ''],
    ['a number', 7],
  ] as const)('does not lead to %s', async ([, origin], { openRelay, preview, provider }) => {
    const relay = await openRelay(['https://*.preview.example.com', preview.origin])
    const browser = new Browser()
    const back = await preview.startSignIn(browser)
    const hostile = await stateNaming(origin as string, stateOf(back), provider)

    const response = await atRelay(relay, withState(back, hostile))

    expect(response.location).toBeUndefined()
    expectErrorPage(atStable(relay), response, 400)
  })

  test.for([
    'https://pr-7.preview.example.com',
    'https://xn--pr--bma.preview.example.com',
    'https://shop-git-main-contoso.vercel.app',
  ])('leads to %s, which a wildcard allows', async (origin, { openRelay, preview, provider }) => {
    const relay = await openRelay([
      'https://*.preview.example.com',
      'https://shop-*-contoso.vercel.app',
    ])
    const back = await preview.startSignIn(new Browser())
    const state = await stateNaming(origin, stateOf(back), provider)

    const { location = '' } = await atRelay(relay, withState(back, state))

    expect(new URL(location).origin).toBe(origin)
  })

  test('does not follow the Host header', async ({ preview, relay }) => {
    const back = await preview.startSignIn(new Browser())

    const headers = { host: 'evil.com', 'x-forwarded-host': 'evil.com' }
    const { location = '' } = await atRelay(relay, back, headers)

    expect(new URL(location).origin).toBe(preview.origin)
  })

  /** Returns a state that a preview with any origin would make. */
  async function stateNaming(
    origin: string,
    state: string,
    provider: DevProvider,
  ): Promise<string> {
    const expiresAt = Number.MAX_SAFE_INTEGER
    return statesOf(provider).enclose('sign-in', { origin, state, expiresAt })
  }
})

describe('the relay rejects a state that', () => {
  test('was made with another secret', async ({ openPreview, openRelay }) => {
    const preview = await openPreview({}, OTHER_SECRET)
    const relay = await openRelay([preview.origin])

    const response = await atRelay(relay, await preview.startSignIn(new Browser()))

    expect(response.location).toBeUndefined()
    expectErrorPage(atStable(relay), response, 400)
    expect(relay.logs.join()).toContain('the secret of previewRelay()')
  })

  test.for([
    ['of another client', { clientId: '22222222-3333-4444-8555-666666666666' }],
    ['for another redirect URI', { redirectUri: 'http://localhost:4998/redirect' }],
  ] as const)('is %s', async ([, options], { openPreview, openRelay }) => {
    const preview = await openPreview(options)
    const relay = await openRelay([preview.origin])
    const back = await preview.startSignIn(new Browser())

    const response = await atRelay(relay, back)

    expect(response.location).toBeUndefined()
    expectErrorPage(atStable(relay), response, 400)
  })

  test.for([
    ['not encrypted', () => `preview.${JSON.stringify({ origin: 'https://evil.com' })}`],
    ['empty', () => 'preview.'],
    [
      'changed',
      (state: string) => state.slice(0, 60) + (state[60] === 'A' ? 'B' : 'A') + state.slice(61),
    ],
    ['cut', (state: string) => state.slice(0, -8)],
    ['without its prefix', (state: string) => state.slice('preview.'.length)],
    ['doubled', (state: string) => state + state],
  ] as const)('is %s', async ([, change], { preview, relay }) => {
    const back = await preview.startSignIn(new Browser())

    const response = await atRelay(relay, withState(back, change(stateOf(back))))

    expect(response.location).toBeUndefined()
    expectErrorPage(atStable(relay), response, 400)
  })

  test('comes with a second code or a second state', async ({ preview, relay }) => {
    for (const name of ['code', 'state']) {
      const back = await preview.startSignIn(new Browser())
      back.url.searchParams.append(name, 'second')

      const response = await atRelay(relay, back)

      expect(response.location).toBeUndefined()
      expect(response.status).toBe(400)
    }
  })

  test.for(['without previewRelay()', 'without origins'])(
    'arrives at a deployment %s',
    async (what, { preview, openRelay, openSite }) => {
      const stable = await (what === 'without origins' ? openRelay([]) : openSite({ redirectUri }))

      const response = await atRelay(stable, await preview.startSignIn(new Browser()))

      expectErrorPage(atStable(stable), response, 400)
      expect(stable.logs.join()).toContain('previews: previewRelay({ origins, secret })')
    },
  )
})

describe('the code of a preview', () => {
  test('is not relayed if its preview is not allowed', async ({ preview, openRelay }) => {
    const relay = await openRelay(['http://localhost:4997'])

    const response = await atRelay(relay, await preview.startSignIn(new Browser()))

    expect(response.location).toBeUndefined()
    expectErrorPage(atStable(relay), response, 400)
    expect(relay.logs.join()).toContain(preview.origin)
  })

  test('is not accepted by another preview, and not relayed by it', async ({
    preview,
    openPreview,
    provider,
  }) => {
    const thief = await openPreview()
    const browser = new Browser()
    const back = await preview.startSignIn(browser)

    const response = await sendToCallback(browser, atSite(thief, back))

    expectErrorPage(thief, response, 400)
    await expectNoSession(thief, browser, response)
    expect(requestCount(provider, 'token')).toBe(0)
  })

  test('is not accepted by another preview with the same session secret', async ({
    openPreview,
    provider,
  }) => {
    const session = { secret: 'MARKED-session-secret-of-all-previews-0123456789' }
    const [preview, thief] = [await openPreview({ session }), await openPreview({ session })]
    const browser = new Browser()
    const back = await preview.startSignIn(browser)

    const response = await sendToCallback(browser, atSite(thief, back))

    expectErrorPage(thief, response, 400)
    expect(requestCount(provider, 'token')).toBe(0)
  })

  test('has a state that names the preview, and only this preview opens it', async ({
    provider,
  }) => {
    const previewAt = (ownOrigin: string): Preview =>
      createPreviews({ ownOrigin, origins: [], secrets: [SECRET] }, ownerOf(provider)) as Preview
    const preview = previewAt('http://localhost:1')
    const wrapped = await preview.wrap('sign-in', 'inner')

    expect(await preview.unwrap(wrapped)).toBe('inner')
    expect(await previewAt('http://localhost:2').unwrap(wrapped)).toBeUndefined()
    // A state without the layer did not come through the relay.
    expect(await preview.unwrap('inner')).toBeUndefined()
  })

  test('cannot be redeemed by the relay: it cannot decrypt the inner state', async ({
    preview,
    relay,
    provider,
  }) => {
    const browser = new Browser()
    const back = await preview.startSignIn(browser)
    const { state = '' } = (await statesOf(provider).read('sign-in', stateOf(back))) ?? {}
    expect(state).not.toBe('')

    const response = await sendToCallback(browser, atSite(relay, withState(back, state)))

    expectErrorPage(atStable(relay), response, 400)
    expect(requestCount(provider, 'token')).toBe(0)
  })

  test('does not sign in another browser', async ({ preview, relay, provider }) => {
    const back = await preview.startSignIn(new Browser())
    const victim = new Browser()

    const { location = '' } = await atRelay(relay, back)
    const response = await victim.navigate(location)

    expect(new URL(response.location ?? '').origin).toBe(provider.origin)
    expect(requestCount(provider, 'token')).toBe(0)
    expect(await signedInUser(preview, victim)).toBeUndefined()
  })

  test('is redeemed once, if the response is sent again', async ({ preview, relay, provider }) => {
    const browser = new Browser()
    const back = await preview.startSignIn(browser)
    for (let count = 0; count < 2; count++) {
      const { location = '' } = await atRelay(relay, back)
      await browser.navigate(location, { headers: { 'sec-fetch-site': 'cross-site' } })
    }

    expect(requestCount(provider, 'token')).toBe(1)
  })

  test.for(['query', 'form_post'] as const)(
    'is not relayed after ten minutes, and the preview restarts the sign-in (%s)',
    async (responseMode, { openPreview, openRelay, provider, clock, browser }) => {
      const preview = await openPreview({ responseMode })
      const relay = await openRelay([preview.origin], { responseMode })
      const back = await preview.startSignIn(browser)
      clock.advance(601)

      const { url, form } = atSite(relay, back)
      const relayed = form
        ? await new Browser().postCrossSite(url.href, form)
        : await new Browser().navigate(url.href)

      const { origin, searchParams } = new URL(relayed.location ?? '')
      expect([origin, [...searchParams.keys()]]).toEqual([preview.origin, ['state']])
      expect(relayed.status).toBe(form ? 303 : 302)
      const restarted = await browser.navigate(relayed.location ?? '')
      expect(new URL(restarted.location ?? '').origin).toBe(provider.origin)
    },
  )

  test('is not relayed to a prefetch', async ({ preview, relay }) => {
    const back = await preview.startSignIn(new Browser())

    const response = await atRelay(relay, back, { 'sec-purpose': 'prefetch' })

    expect([response.status, response.location]).toEqual([503, undefined])
  })
})

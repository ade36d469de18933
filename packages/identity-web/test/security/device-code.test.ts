import { deviceCode } from 'identity-web/device-code'
import { SIGN_IN_WAY, type SignInWay } from '../../src/seams/sign-in-way.ts'
import type { RouteRequest } from '../../src/web/http/routes.ts'
import type { SignInStart } from '../../src/web/runtime/transaction.ts'
import type { SignInServices, WayCall } from '../../src/web/sign-in/services.ts'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { requestCount, signedInUser } from '../support/attack.ts'
import { Browser, type BrowserResponse } from '../support/browser.ts'
import { cookieHeader, enterCode, poll, postCodeForm, openCodePage } from '../support/device.ts'
import type { Site } from '../support/site.ts'

const test = base
  .extend(
    'open',
    ({ openSite }) =>
      (options = {}): Promise<Site> =>
        openSite({ redirectUri: undefined, signIn: deviceCode(), ...options }),
  )
  .extend('site', ({ open }) => open())

  /** Checks a rejection without a request to the provider and without a cookie. */
  .extend('expectRejection', ({ provider }) => (response: BrowserResponse): void => {
    expect(response.status).toBe(400)
    expect(response.setCookies).toEqual([])
    expect(requestCount(provider, 'token')).toBe(0)
  })

describe('the poll of a sign-in that an attacker passes on (login CSRF)', () => {
  test('is rejected in the script of another browser, without a request to the provider', async ({
    provider,
    expectRejection,
    site,
  }) => {
    const [attacker, victim] = [new Browser(), new Browser()]
    const code = await openCodePage(site, attacker)
    await enterCode(provider, code, { as: 'robin' })

    const response = await poll(site, victim, code.device)

    expectRejection(response)
    expect(response.json()).toMatchObject({ status: 'failed' })
    expect(await signedInUser(site, victim)).toBeUndefined()
    // The flow of the attacker still works.
    expect((await poll(site, attacker, code.device)).json()).toMatchObject({ status: 'done' })
  })

  test('is rejected as a form, with a page', async ({ provider, expectRejection, site }) => {
    const [attacker, victim] = [new Browser(), new Browser()]
    const code = await openCodePage(site, attacker)
    await enterCode(provider, code, { as: 'robin' })

    const response = await postCodeForm(site, victim, code.device)

    expectRejection(response)
    expect(response.text).toContain('cannot continue')
    expect(await signedInUser(site, victim)).toBeUndefined()
  })

  test('is rejected in a browser with its own flow', async ({
    provider,
    expectRejection,
    site,
  }) => {
    const [attacker, victim] = [new Browser(), new Browser()]
    const code = await openCodePage(site, attacker)
    await openCodePage(site, victim)
    await enterCode(provider, code, { as: 'robin' })

    expectRejection(await poll(site, victim, code.device))
  })

  test('is rejected with a guessed cookie of the right name', async ({ expectRejection, site }) => {
    const attacker = new Browser()
    const code = await openCodePage(site, attacker)
    const [name] = [...attacker.cookies.keys()]

    expectRejection(
      await poll(site, new Browser(), code.device, { headers: { cookie: `${name}=guessed` } }),
    )
  })

  test('is rejected from a page of another site, even with the cookie', async ({
    provider,
    expectRejection,
    site,
  }) => {
    const browser = new Browser()
    const code = await openCodePage(site, browser)
    await enterCode(provider, code)
    const cookie = cookieHeader(browser)

    for (const headers of [
      { 'sec-fetch-site': 'cross-site', cookie },
      { 'sec-fetch-site': undefined, origin: 'https://evil.example', cookie },
      { 'sec-fetch-site': undefined, origin: 'null', cookie },
    ]) {
      // oxlint-disable-next-line no-await-in-loop
      expectRejection(await poll(site, browser, code.device, { headers }))
    }
  })
})

describe('the flow of a poll', () => {
  test('is rejected after the sign-in', async ({ provider, site, browser }) => {
    const code = await openCodePage(site, browser)
    await enterCode(provider, code)
    await poll(site, browser, code.device)

    const again = await poll(site, browser, code.device)

    expect(again.status).toBe(400)
    expect(again.json()).toMatchObject({ status: 'failed' })
    expect(again.setCookies).toEqual([])
    expect(requestCount(provider, 'token')).toBe(1)
  })

  test('is rejected a second time, even with the deleted cookie', async ({ provider, site }) => {
    const browser = new Browser()
    const code = await openCodePage(site, browser)
    const cookie = cookieHeader(browser)
    await enterCode(provider, code)
    await poll(site, browser, code.device)

    const thief = new Browser()
    const again = await poll(site, thief, code.device, { headers: { cookie } })

    expect(again.json()).toMatchObject({ status: 'failed' })
    expect(await signedInUser(site, thief)).toBeUndefined()
  })

  test.for(['', 'x', 'not.sealed.here'])(
    'must be encrypted: rejects %j',
    async (device, { expectRejection, site, browser }) => {
      await openCodePage(site, browser)

      expectRejection(await poll(site, browser, device))
    },
  )

  test('is rejected if it belongs to another application', async ({
    open,
    provider,
    expectRejection,
  }) => {
    const [site, other] = [
      await open(),
      await open({ clientId: provider.config.apps[1]?.clientId }),
    ]
    const browser = new Browser()
    const code = await openCodePage(other, browser)

    expectRejection(await poll(site, browser, code.device))
  })

  test('cannot be the state of a sign-in with a redirect URI', async ({
    openSite,
    open,
    expectRejection,
  }) => {
    const coded = await openSite()
    const site = await open()
    const browser = new Browser()
    const redirect = await browser.navigate(`${coded.origin}/other`)
    const state = new URL(redirect.location ?? '').searchParams.get('state') ?? ''
    const cookie = cookieHeader(browser)

    expectRejection(await poll(site, browser, state, { headers: { cookie } }))
  })
})

test.for([undefined, null, 'code', { deviceCode: 'code' }, { interval: 5, expiresAt: 9e9 }])(
  'a poll is rejected if its encrypted sign-in contains %j instead of a code',
  async (extra, { open, expectRejection, site, browser }) => {
    // A way to sign in of the same kind, with the secrets of the application, that adds other values.
    const kind = 'device-code' as const
    const check = (): void => undefined
    let shown = ''
    const login = async (
      { provider: { transactions } }: SignInServices<unknown>,
      request: RouteRequest,
      start: SignInStart,
    ): Promise<Response> => {
      const { returnTo } = start
      const none = { scopes: [], needed: [], acrs: [], parameters: {} }
      const started = await transactions.start(
        { ...none, returnTo, attempt: 0, extra },
        request.cookieHeader,
      )
      shown = started.state
      return new Response('', { headers: started.cookies.map((value) => ['set-cookie', value]) })
    }
    const way: SignInWay<WayCall> = { kind, name: 'other()', check, login }
    const signIn = SIGN_IN_WAY.put({ kind, name: 'other()' } as const, () => way)
    const other = await open({ signIn })
    await browser.navigate(`${other.origin}/login`)

    const cookie = cookieHeader(browser)
    expectRejection(await poll(site, browser, shown, { headers: { cookie } }))
  },
)

test('a sign-in with a code ends on this origin, even if its link names another', async ({
  provider,
  site,
}) => {
  const browser = new Browser()
  const page = await browser.navigate(`${site.origin}/login?return_to=//evil.example`)
  const device = /name="device" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
  await enterCode(provider, {
    userCode: /<code id="code"[^>]*>(\w+)</.exec(page.text)?.[1] ?? '',
    verificationUri: /<a href="([^"]+)" target/.exec(page.text)?.[1] ?? '',
  })

  expect((await poll(site, browser, device)).json()).toEqual({ status: 'done', location: '/' })
})

test('pages and JSON do not contain tokens', async ({ provider, site, browser }) => {
  const code = await openCodePage(site, browser)
  await enterCode(provider, code)
  const done = await poll(site, browser, code.device)

  // The page contains the encrypted device code, in which "eyJ" may occur by chance.
  const shown = `${code.page.text}${done.text}${site.logs.join('')}`.replaceAll(code.device, '')
  expect(shown).not.toMatch(/eyJ|access_token|refresh/)
})

test('pages and logs do not contain a device code that the provider repeats', async ({ open }) => {
  let sent = ''
  const site = await open({
    fetch: (input: string, init?: RequestInit) => {
      const code = new URLSearchParams(init?.body as URLSearchParams | undefined).get('device_code')
      if (code === null) return fetch(input, init)
      sent = code
      const body = { error: 'invalid_request', error_description: `No ${code} here.` }
      return Promise.resolve(Response.json(body, { status: 400 }))
    },
  })
  const browser = new Browser()
  const code = await openCodePage(site, browser)

  const response = await poll(site, browser, code.device)

  expect(response.text).toContain('[redacted]')
  expect(sent).not.toBe('')
  expect(response.text + site.logs.join('')).not.toContain(sent)
})

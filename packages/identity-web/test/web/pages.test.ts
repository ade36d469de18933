import { describe, expect, test as base } from '../support/fixtures.ts'
import { Browser } from '../support/browser.ts'
import { startSignIn, sendToCallback } from '../support/site.ts'
import { linkUrl } from '../support/steps.ts'
import { startPageServer } from '../support/page-server.ts'

// oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
const test = base.extend('pages', { scope: 'file' }, async ({}, { onCleanup }) => {
  const server = await startPageServer({ pages: { supportUrl: 'https://help.contoso.com' } })
  onCleanup(() => server.close())
  return server
})

describe('pages of the application', () => {
  test('login is shown before the redirect to the provider, and its link signs in and returns', async ({
    openSite,
    provider,
  }) => {
    const { origin } = await openSite({
      pages: { login: async ({ loginUrl }) => `<a href="${loginUrl}">Come in</a>` },
    })
    const browser = new Browser()

    const page = await browser.navigate(`${origin}/other?a=1`)
    const loginUrl = /href="([^"]+)"/.exec(page.text)?.[1] ?? ''
    const signUp = await new Browser().navigate(`${loginUrl}&prompt=create`)
    const redirect = await browser.navigate(loginUrl)
    const back = await sendToCallback(browser, await provider.signIn(redirect.location ?? ''))

    expect(page.status).toBe(401)
    expect(page.text).toContain('Come in')
    expect(page.setCookies).toEqual([])
    expect(page.headers['cache-control']).toBe('private, no-store')
    expect(back.location).toBe('/other?a=1')
    // The second link of docs/sign-in-routes.md.
    expect(new URL(signUp.location ?? '').searchParams.get('prompt')).toBe('create')
  })

  test('login is not shown before a consent', async ({ openSite, provider, browser }) => {
    const { origin } = await openSite({ pages: { login: ({ loginUrl }) => loginUrl } })
    const page = await browser.navigate(`${origin}/`)
    const redirect = await browser.navigate(page.text)
    await sendToCallback(browser, await provider.signIn(redirect.location ?? ''))

    expect((await browser.navigate(`${origin}/me`)).status).toBe(302)
  })

  test('error gets a fixed text, a link, the correlation ID and the description of the provider', async ({
    openSite,
    provider,
  }) => {
    const { origin } = await openSite({ pages: { error: (page) => JSON.stringify(page) } })
    const browser = new Browser()

    const response = await sendToCallback(
      browser,
      await startSignIn({ origin }, provider, browser, { path: '/me', consent: false }),
    )

    expect(response.status).toBe(403)
    expect(response.json()).toEqual({
      language: 'en',
      code: 'access_denied',
      title: 'You were not signed in',
      description: expect.stringMatching(/^AADSTS65004/),
      message: expect.stringContaining('declined'),
      tryAgainUrl: expect.stringContaining(`${origin}/login?return_to=%2Fme`),
      homeUrl: `${origin}/`,
      correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    })
  })

  test('error says that a second attempt does not help, if the provider rejects a setting', async ({
    openSite,
  }) => {
    const pages = { error: (page: object) => JSON.stringify(page) }
    const wrong = await openSite({ pages, clientCredential: 'wrong' })
    const right = await openSite({ pages })
    right.app.get(
      '/unknown',
      right.auth.loginRequired(
        { scopes: ['api://nowhere/Nothing'] },
        (_req, res) => void res.end(),
      ),
    )
    const browser = new Browser()

    const failed = await sendToCallback(browser, await wrong.startSignIn(browser))
    const page = await (await right.signIn()).navigate(`${right.origin}/unknown`)

    const message = expect.stringMatching(/setting .* a second attempt will not help/)
    expect(failed.json()).toMatchObject({ title: 'Sign-in failed', message })
    expect(page.json()).toMatchObject({
      title: 'This application is not set up correctly',
      message,
    })
  })

  test.for<[number, string]>([
    [200, '<!doctype html><title>Welcome to the Wi-Fi</title>'],
    [403, '<html>Blocked</html>'],
    [200, 'plain'],
  ])(
    'a token response that is not JSON has a hint: %d %s',
    async ([status, body], { openSite, provider, browser }) => {
      const hints: unknown[] = []
      const { origin } = await openSite({
        onEvent: (event) => 'hint' in event && hints.push(event.hint),
        fetch: async (input, init) => {
          const url = input instanceof Request ? input.url : String(input)
          return url.endsWith('/token') ? new Response(body, { status }) : fetch(input, init)
        },
      })

      await sendToCallback(browser, await startSignIn({ origin }, provider, browser))

      expect(hints).toEqual([expect.stringMatching(/proxy, a firewall .*IDENTITY_AUTHORITY/)])
      expect(hints[0]).toContain(body.startsWith('<') ? 'an HTML page' : 'not the JSON')
      expect(hints[0]).not.toContain(body)
    },
  )

  const oauth = (error: string, code = ''): Response =>
    Response.json({ error, error_description: `${code}: of a test` }, { status: 400 })
  const network = (code: string): never => {
    throw Object.assign(new TypeError('fetch failed'), { cause: { code } })
  }

  // Another attempt of the user cannot help until somebody changes a setting.
  test.for<[string, string, () => Response]>([
    ['a setting that the provider rejects', 'Sign-in failed', () => oauth('invalid_client')],
    ['a grant that is not allowed', 'Sign-in failed', () => oauth('unauthorized_client')],
    ['a certificate that expired', 'not set up correctly', () => network('CERT_HAS_EXPIRED')],
    ['a proxy that rejects', 'not set up correctly', () => network('ERR_PROXY_CONNECTION')],
  ])(
    'the page about %s does not offer another attempt, and the support comes first',
    async ([, title, respond], { openSite, browser }) => {
      const site = await openSite({
        pages: { supportUrl: 'https://help.contoso.com' },
        fetch: async (input, init) =>
          String(input instanceof Request ? input.url : input).endsWith('/token')
            ? respond()
            : fetch(input, init),
      })

      const response = await sendToCallback(browser, await site.startSignIn(browser))
      const { text } = response

      expect(text).toMatch(new RegExp(`<h1[^>]*>[^<]*${title}</h1>`))
      expect(text).toContain('a second attempt will not help')
      expect(text).not.toContain('Try again')
      expect(text).toContain('class="primary">Contact support</a>')
      expect(linkUrl(response, 'Back to the application')).toBe(`${site.origin}/`)
    },
  )

  test.for<[string, string, () => Response]>([
    ['a busy provider', 'not available right now', () => oauth('invalid_request', 'AADB2C90244')],
    ...['AADB2C90035', 'AADB2C90085', 'AADSTS90033'].map(
      (code): [string, string, () => Response] => [
        `the passing code ${code}`,
        'not available right now',
        () => oauth('invalid_request', code),
      ],
    ),
    ['an outage', 'not available right now', () => oauth('server_error')],
    ['a refused connection', 'not available right now', () => network('ECONNREFUSED')],
    ['a code that was used', 'Sign-in failed', () => oauth('invalid_grant')],
  ])(
    'the page about %s offers another attempt first',
    async ([, title, respond], { openSite, provider, browser }) => {
      const site = await openSite({
        pages: { supportUrl: 'https://help.contoso.com' },
        fetch: async (input, init) =>
          String(input instanceof Request ? input.url : input).endsWith('/token')
            ? respond()
            : fetch(input, init),
      })

      let response = await sendToCallback(browser, await site.startSignIn(browser))
      // The library retries once after `invalid_grant`.
      if (response.status === 302) {
        response = await sendToCallback(browser, await provider.signIn(response.location ?? ''))
      }

      expect(response.text).toMatch(new RegExp(`<h1[^>]*>[^<]*${title}</h1>`))
      expect(response.text).toContain('class="primary">Try again</a>')
      expect(response.text).toContain('<a href="https://help.contoso.com">Contact support</a>')
    },
  )

  test('the time of an error is in UTC, in the language of the visitor', async ({
    openSite,
    clock,
  }) => {
    const { origin } = await openSite()
    const navigate = async (language: string) =>
      (
        await new Browser().navigate(`${origin}/redirect`, {
          headers: { 'accept-language': language },
        })
      ).text
    for (const language of ['en', 'de', 'ja']) {
      const time = /<time datetime="(?<iso>[^"]+)">(?<shown>[^<]+)<\/time>/
      const { iso = '', shown = '' } = time.exec(await navigate(language))?.groups ?? {}
      const age = clock.now() - Date.parse(iso)

      expect(age).toBeGreaterThanOrEqual(0)
      expect(age).toBeLessThan(60_000)
      expect(shown).toContain('UTC')
      expect(shown).toBe(
        new Date(iso).toLocaleString(language, {
          dateStyle: 'long',
          timeStyle: 'long',
          timeZone: 'UTC',
        }),
      )
    }
  })

  test('loggedOut is shown when the provider does not have a sign-out endpoint', async ({
    provider,
    openSite,
  }) => {
    provider.tamper = { metadata: ({ end_session_endpoint: _none, ...document }) => document }
    const own = await openSite({ pages: { loggedOut: ({ loginUrl }) => `Bye. ${loginUrl}` } })
    const standard = await openSite({})

    const ours = await (await own.signIn()).navigate(`${own.origin}/logout`)
    const standardAnswer = await (await standard.signIn()).navigate(`${standard.origin}/logout`)

    expect(ours.text).toBe(`Bye. ${own.origin}/login`)
    expect(standardAnswer.status).toBe(200)
    expect(standardAnswer.text).toContain('You are signed out')
    expect(standardAnswer.headers['content-security-policy']).toContain("default-src 'none'")
  })
})

// The next steps in the order of the page: first the step that helps most users in this situation.
const [AGAIN, BACK, HELP] = ['Try again', 'Back to the application', 'Contact support']
test.for<[string, string[]]>([
  ['sign-in-failed', [AGAIN, BACK, HELP]],
  ['access-denied', [AGAIN, BACK, HELP]],
  ['interaction-required', [AGAIN, BACK, HELP]],
  ['invalid-request', [AGAIN, BACK, HELP]],
  ['provider-unavailable', [AGAIN, BACK, HELP]],
  ['store-unavailable', [AGAIN, BACK, HELP]],
  ['store-unavailable-signed-in', [AGAIN, BACK, HELP]],
  // Another attempt would fail in the same way.
  ['session-too-large', [HELP, BACK]],
  ['configuration', [HELP, BACK]],
  // The user can continue in the application.
  ['cross-site', [BACK, AGAIN]],
  ['permission-declined', [BACK, AGAIN]],
  ['sign-in-cancelled', [BACK, AGAIN]],
  // Only an administrator can approve.
  ['approval', [BACK, 'Approve for my organization', AGAIN]],
  ['forbidden', [BACK, 'Sign in with another account', HELP]],
  ['confirm-sign-out', ['Sign out', BACK]],
  ['signed-out', ['Sign in']],
  ['unavailable', [HELP]],
])('the page %s offers its steps in the order of their use', async ([name, steps], { pages }) => {
  const { text } = await new Browser().navigate(`${pages.origin}/${name}`)
  const actions = [...text.matchAll(/<(?:a|button)\b[^>]*>([^<]+)<\/(?:a|button)>/g)]

  expect(actions.map(([, action]) => action)).toEqual(steps)
})

// Without an ID of the provider, the code and the time are all that the support team can search for in the log.
test.for<[string, string]>([
  ['sign-in-failed', 'invalid_response'],
  ['sign-in-failed-in-development', 'provider_error'],
  ['access-denied', 'access_denied'],
  ['permission-declined', 'access_denied'],
  ['sign-in-cancelled', 'access_denied'],
  ['approval', 'access_denied'],
  ['interaction-required', 'interaction_required'],
  ['invalid-request', 'invalid_request'],
  ['provider-unavailable', 'provider_unavailable'],
  ['store-unavailable', 'store_unavailable'],
  ['store-unavailable-signed-in', 'store_unavailable'],
  ['session-too-large', 'session_too_large'],
  ['configuration', 'configuration'],
  ['cross-site', 'access_denied'],
])(
  'the details for the support on the page %s contain the code %s',
  async ([name, code], { pages }) => {
    const { text } = await new Browser().navigate(`${pages.origin}/${name}`)
    const details = /<footer>(.*)<\/footer>/s.exec(text)?.[1]?.replaceAll(/<.*?>/g, '').split('\n')

    expect(details).toEqual([
      'If you ask for help, send these details:',
      code,
      'Correlation ID 0a1b2c3d-0000-4000-8000-000000000001',
      expect.stringMatching(/^November 26, 2026 at .* UTC$/),
    ])
  },
)

test('every other page does not ask for details', async ({ pages }) => {
  for (const name of ['forbidden', 'signed-out', 'confirm-sign-out', 'unavailable']) {
    const { text } = await new Browser().navigate(`${pages.origin}/${name}`)
    expect([name, text.includes('these details')]).toEqual([name, false])
  }
})

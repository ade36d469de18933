import { Browser } from '../support/browser.ts'
import { signInAtPlain, type PlainResponse } from '../support/plain-provider.ts'
import { describe, expect, test as base } from '../support/plain-fixtures.ts'

// The responses of token endpoints to a refresh, and what each of them means for the session.

const MINUTES = 60

const test = base
  .extend('site', async ({ openPlainSite }) => {
    const site = await openPlainSite()
    site.app.get(
      '/profile',
      site.auth.loginRequired({ scopes: ['profile'] }, (_req, res) => void res.json('profile')),
    )
    return site
  })
  /** A browser whose session must be refreshed. */
  .extend('signedIn', async ({ site, plain, clock }) => {
    const browser = new Browser()
    await signInAtPlain(site, plain, browser)
    clock.advance(11 * MINUTES)
    return browser
  })
  .extend('refreshesGet', ({ plain }) => (response: PlainResponse): void => {
    plain.rules.token = ({ form }) =>
      form.get('grant_type') === 'refresh_token' ? response : undefined
  })

const oauth = (error: string, others: object = {}, status = 400): PlainResponse => ({
  status,
  body: { error, ...others },
})
const CHALLENGE = { id_token: { acr: { essential: true, value: 'mfa' } } }

describe('the session ends and the user signs in again', () => {
  test.for<[string, PlainResponse]>([
    ['invalid_grant', oauth('invalid_grant')],
    ['invalid_grant as 401', oauth('invalid_grant', {}, 401)],
    ['bad_token', oauth('invalid_grant', { suberror: 'bad_token' })],
    ['token_expired', oauth('invalid_grant', { suberror: 'token_expired' })],
    // LemonLDAP::NG
    ['invalid_request', oauth('invalid_request')],
    // glewlwyd
    ['400 without a body', { status: 400, body: '' }],
    ['400 with a line break', { status: 400, body: '\n' }],
    ['access_denied', oauth('access_denied')],
    ['a code that nobody knows', oauth('refresh_token_reused')],
    ['an error with status 200', oauth('invalid_grant', {}, 200)],
  ])('%s', async ([, response], { site, signedIn, refreshesGet, plain }) => {
    refreshesGet(response)

    const page = await signedIn.navigate(`${site.origin}/`)
    const script = await signedIn.script(`${site.origin}/`)
    const open = await signedIn.navigate(`${site.origin}/open`)

    expect(page.location).toContain(`${plain.issuer}/authorize`)
    expect(script.status).toBe(401)
    expect(script.json()).toMatchObject({ error: 'login_required' })
    expect(open.json()).toEqual({ user: null })
    expect(site.logs.join('\n')).toContain('session.ended')
    // The new sign-in works.
    await signInAtPlain(site, plain, signedIn)
    expect((await signedIn.navigate(`${site.origin}/`)).status).toBe(200)
  })

  test.for<[string, PlainResponse]>([
    ['invalid_grant', oauth('invalid_grant')],
    ['invalid_request', oauth('invalid_request')],
    ['400 without a body', { status: 400, body: '' }],
  ])(
    '%s, also if only the access token expired',
    async ([, response], { site, plain, clock, refreshesGet }) => {
      plain.rules.idToken = { exp: Math.floor(clock.now() / 1000) + 24 * 60 * MINUTES }
      const browser = new Browser()
      await signInAtPlain(site, plain, browser, '/profile')
      clock.advance(11 * MINUTES)
      refreshesGet(response)

      const page = await browser.navigate(`${site.origin}/profile`)
      const script = await browser.script(`${site.origin}/profile`)

      expect(page.location).toContain(`${plain.issuer}/authorize`)
      expect(script.json()).toMatchObject({ error: 'interaction_required' })
    },
  )
})

describe('the user takes a step at the provider, and the session stays', () => {
  test.for<[string, PlainResponse]>([
    ['interaction_required', oauth('interaction_required')],
    ['consent_required', oauth('consent_required')],
    ['login_required', oauth('login_required')],
    ['invalid_grant with claims', oauth('invalid_grant', { claims: JSON.stringify(CHALLENGE) })],
    ['another suberror', oauth('invalid_grant', { suberror: 'basic_action' })],
    ['AADSTS50076', oauth('invalid_grant', { error_codes: [50_076] })],
  ])('%s', async ([, response], { site, signedIn, refreshesGet, plain, clock }) => {
    refreshesGet(response)

    const page = await signedIn.navigate(`${site.origin}/`)

    expect(page.location).toContain(`${plain.issuer}/authorize`)
    expect(page.setCookies.filter((cookie) => /^identity(-tokens)?=/.test(cookie))).toEqual([])
    const log = site.logs.join('\n')
    expect(log).toContain('step_up.started')
    expect(log).not.toContain('session.ended')

    // The session and its refresh token work again as soon as the provider allows it.
    clock.advance(31)
    plain.rules.token = () => undefined
    expect((await signedIn.navigate(`${site.origin}/`)).status).toBe(200)
  })

  test('the sign-in contains the claims of the challenge', async ({
    site,
    signedIn,
    refreshesGet,
  }) => {
    refreshesGet(oauth('invalid_grant', { claims: JSON.stringify(CHALLENGE) }))

    const { location } = await signedIn.navigate(`${site.origin}/`)

    const claims = new URL(location ?? '').searchParams.get('claims')
    expect(JSON.parse(claims ?? '')).toEqual(CHALLENGE)
  })

  test('a step that does not help shows an error page instead of a third sign-in', async ({
    site,
    signedIn,
    refreshesGet,
    plain,
    clock,
  }) => {
    refreshesGet(oauth('interaction_required'))
    // Such an ID token must be refreshed at once.
    plain.rules.idToken = { exp: Math.floor(clock.now() / 1000) - 30 }

    await signInAtPlain(site, plain, signedIn)
    const page = await signedIn.navigate(`${site.origin}/`)

    expect(page.status).toBe(401)
    expect(page.location).toBeUndefined()
  })
})

describe('the application is wrong, and the session stays', () => {
  test.for<[string, PlainResponse]>([
    ['invalid_client', oauth('invalid_client', {}, 401)],
    ['unauthorized_client', oauth('unauthorized_client')],
    ['invalid_scope', oauth('invalid_scope')],
    ['invalid_target', oauth('invalid_target')],
    ['invalid_resource', oauth('invalid_resource')],
    ['unsupported_grant_type', oauth('unsupported_grant_type')],
    ['invalid_request of Microsoft', oauth('invalid_request', { error_codes: [900_144] })],
  ])('%s', async ([, response], { site, signedIn, refreshesGet }) => {
    refreshesGet(response)

    expect((await signedIn.navigate(`${site.origin}/`)).status).toBe(200)
    const profile = await signedIn.navigate(`${site.origin}/profile`)

    expect(profile.status).toBe(500)
    expect(profile.location).toBeUndefined()
    expect(site.logs.join('\n')).toMatch(/request\.failed.*"level":"error"/)
  })
})

describe('the provider cannot respond now, and the session stays', () => {
  test.for<[string, PlainResponse]>([
    ['500', { status: 500, body: '' }],
    ['503 with an OAuth error', oauth('invalid_grant', {}, 503)],
    ['408', { status: 408, body: '' }],
    ['425', { status: 425, body: '' }],
    ['429', { status: 429, body: '' }],
    ['server_error', oauth('server_error')],
    ['temporarily_unavailable', oauth('temporarily_unavailable')],
    ['a page with status 200', { type: 'text/html', body: '<h1>Maintenance</h1>' }],
  ])('%s', async ([, response], { site, signedIn, refreshesGet, clock }) => {
    refreshesGet(response)

    // Ten hours: no such response ends a session.
    for (let hour = 0; hour < 10; hour++) {
      expect((await signedIn.navigate(`${site.origin}/`)).status).toBe(200)
      clock.advance(60 * MINUTES)
    }
  })
})

describe('a status 4xx without OAuth', () => {
  const RESPONSES: [string, PlainResponse][] = [
    ['404 as a page', { status: 404, type: 'text/html', body: '<h1>Not found</h1>' }],
    ['403 without a body', { status: 403, body: '' }],
    ['400 as a page', { status: 400, type: 'text/html', body: '<h1>Bad request</h1>' }],
    ['400 as JSON without an error', { status: 400, body: { message: 'no' } }],
  ]

  test.for(RESPONSES)(
    '%s ends the session after eight hours',
    async ([, response], { site, signedIn, refreshesGet, clock }) => {
      refreshesGet(response)

      expect((await signedIn.navigate(`${site.origin}/`)).status).toBe(200)
      clock.advance(8 * 60 * MINUTES - 1)
      expect((await signedIn.navigate(`${site.origin}/`)).status).toBe(200)
      clock.advance(61)
      const page = await signedIn.navigate(`${site.origin}/`)

      expect(page.status).toBe(302)
      expect(site.logs.join('\n')).toMatch(/session\.ended.*"reason":"unreadable_response"/)
    },
  )

  test('counts from the beginning after a refresh that works', async ({
    site,
    signedIn,
    refreshesGet,
    plain,
    clock,
  }) => {
    const outage = { status: 404, body: 'nobody is here' }
    refreshesGet(outage)
    await signedIn.navigate(`${site.origin}/`)
    clock.advance(61)
    plain.rules.token = () => undefined
    await signedIn.navigate(`${site.origin}/`)
    refreshesGet(outage)

    clock.advance(8 * 60 * MINUTES)
    expect((await signedIn.navigate(`${site.origin}/`)).status).toBe(200)
  })
})

describe('a session that is younger than a minute', () => {
  test.for([true, false])(
    'shows an error page instead of another sign-in (due: %s)',
    async (isDue, { site, plain, refreshesGet, clock }) => {
      const now = Math.floor(clock.now() / 1000)
      // Such an ID token, or access token, must be refreshed at once.
      plain.rules.idToken = { exp: isDue ? now - 30 : now + 3600 }
      plain.rules.token = ({ form }, normal) =>
        form.get('grant_type') === 'refresh_token'
          ? oauth('invalid_grant')
          : { body: { ...normal, expires_in: isDue ? 600 : 0 } }
      const browser = new Browser()
      const path = isDue ? '/' : '/profile'
      await signInAtPlain(site, plain, browser, path)

      const page = await browser.navigate(site.origin + path)
      const script = await browser.script(site.origin + path)
      const login = await browser.navigate(`${site.origin}/login`)

      expect(page.status).toBe(401)
      expect(page.text).toContain('We could not complete your sign-in')
      expect(page.text).not.toContain('Your organization')
      // The note for developers says what is true here: the guard does not redirect.
      expect(page.text).toMatch(/within a minute after a sign-in\. Then find out at the provider/)
      expect(page.text).not.toContain('The guard sends')
      expect(script.status).toBe(401)
      expect(script.json()).toHaveProperty('loginUrl')
      // The login route works at any time.
      expect(login.location).toContain(`${plain.issuer}/authorize`)
      // An older session may sign in again.
      clock.advance(61)
      refreshesGet(oauth('invalid_grant'))
      expect((await browser.navigate(site.origin + path)).status).toBe(302)
    },
  )
})

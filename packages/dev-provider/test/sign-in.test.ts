import { startDevProvider, type ProviderCookies } from '../src/index.js'
import { createClock } from './support/clock.js'
import {
  ALL_IDENTITY,
  authorizeUrl,
  claimsOf,
  getTokens,
  REDIRECT_URI,
  redeem,
  TODO_API,
} from './support/flow.js'
import { describe, expect, test as base } from './support/fixtures.js'

const START = Date.now()

const test = base
  .extend('clock', () => createClock(() => START))
  .extend(
    'errorOf',
    ({ provider }) =>
      async (params: Record<string, string>, cookies: ProviderCookies = new Map()) => {
        const { url } = await provider.signIn(authorizeUrl(provider, params), { cookies })
        return {
          error: url.searchParams.get('error'),
          description: url.searchParams.get('error_description') ?? '',
          state: url.searchParams.get('state'),
        }
      },
  )
  /** Returns Alex’s consent page, or an empty string without one. */
  .extend('consentPage', ({ provider }) => async (scopes: string): Promise<string> => {
    const page = await (await fetch(authorizeUrl(provider, { scope: scopes }))).text()
    const response = await fetch(provider.origin + (/action="([^"]+)"/.exec(page)?.[1] ?? ''), {
      method: 'POST',
      body: new URLSearchParams({ account: provider.user('alex').username }),
      redirect: 'manual',
    })
    return response.status === 200 ? response.text() : ''
  })

describe('an authorization response', () => {
  test('by query contains code, state and session_state', async ({ provider }) => {
    const { url } = await provider.signIn(authorizeUrl(provider))

    expect(url.href.startsWith(`${REDIRECT_URI}?`)).toBe(true)
    expect([...url.searchParams.keys()]).toEqual(['code', 'session_state', 'state'])
  })

  test('keeps the existing query of a redirect URI', async ({ provider }) => {
    const redirect = `${REDIRECT_URI}?from=a%20b`
    const { url } = await provider.signIn(authorizeUrl(provider, { redirect_uri: redirect }))

    expect(url.searchParams.get('from')).toBe('a b')
    expect(url.searchParams.has('code')).toBe(true)
  })

  test('by form_post is a form with a button', async ({ provider }) => {
    const reply = await provider.signIn(authorizeUrl(provider, { response_mode: 'form_post' }))

    expect(reply.url.href).toBe(REDIRECT_URI)
    expect(reply.form).toMatchObject({ state: 'state-1' })
    expect(reply.form?.['code']).toBeTruthy()
  })

  test('by fragment does not send the code to the server', async ({ provider }) => {
    const { url } = await provider.signIn(authorizeUrl(provider, { response_mode: 'fragment' }))

    expect(url.search).toBe('')
    expect(new URLSearchParams(url.hash.slice(1)).has('code')).toBe(true)
  })

  test('returns a hostile state unchanged and escaped', async ({ provider }) => {
    const state = `"><script>alert(1)</script>&a=b`
    const reply = await provider.signIn(
      authorizeUrl(provider, { state, response_mode: 'form_post' }),
    )

    expect(reply.form?.['state']).toBe(state)
  })
})

describe('an invalid request', () => {
  test.for([
    ['an unknown client', { client_id: '99999999-0000-4000-8000-000000000000' }, 'AADSTS700016'],
    ['a missing client', { client_id: '' }, 'AADSTS900144'],
    [
      'a redirect URI that is not registered',
      { redirect_uri: 'https://evil.example/' },
      'AADSTS50011',
    ],
    ['a disguised redirect URI', { redirect_uri: 'http://localhost@evil.example/' }, 'AADSTS50011'],
    ['a redirect URI with a fragment', { redirect_uri: `${REDIRECT_URI}#x` }, 'AADSTS50011'],
    ['an invalid redirect URI', { redirect_uri: 'javascript:alert(1)' }, 'AADSTS50011'],
    ['an unknown response mode', { response_mode: 'smoke' }, 'AADSTS70007'],
  ] as const)('%s is a page, not a redirect', async ([_name, params, code], { provider }) => {
    const response = await fetch(authorizeUrl(provider, params), { redirect: 'manual' })
    const page = await response.text()

    expect(response.status).toBe(400)
    expect(response.headers.get('location')).toBeNull()
    expect(response.headers.get('content-type')).toContain('text/html')
    expect(page).toContain(code)
  })

  test('a repeated parameter is a page', async ({ provider }) => {
    const url = authorizeUrl(provider)
    url.searchParams.append('client_id', 'other')

    expect(await (await fetch(url)).text()).toContain('AADSTS9000411')
  })

  test.for([
    ['a missing scope', { scope: '' }, 'invalid_request', 900144],
    ['a missing response type', { response_type: '' }, 'invalid_request', 900144],
    ['hybrid', { response_type: 'code id_token' }, 'unsupported_response_type', 700054],
    ['an unknown prompt', { prompt: 'maybe' }, 'invalid_request', 90023],
    ['an invalid max_age', { max_age: 'soon' }, 'invalid_request', 90023],
    ['a short challenge', { code_challenge: 'x' }, 'invalid_request', 501491],
    [
      'an unknown method',
      { code_challenge: 'a'.repeat(43), code_challenge_method: 'S1' },
      'invalid_request',
      9002313,
    ],
    ['resource of another API', { resource: TODO_API }, 'invalid_target', 9010010],
    ['an unknown Graph scope', { scope: 'openid Nothing.Read' }, 'invalid_client', 650053],
    ['an unknown API', { scope: 'openid api://other/Read' }, 'invalid_resource', 500011],
    [
      '.default with others',
      { scope: `${TODO_API}/.default ${TODO_API}/Todos.Read` },
      'invalid_scope',
      70011,
    ],
    ['claims that are not JSON', { claims: '{' }, 'invalid_request', 900235],
  ] as const)('%s is sent to the app', async ([_name, params, error, code], { errorOf }) => {
    const reply = await errorOf(params)

    expect(reply.error).toBe(error)
    expect(reply.state).toBe('state-1')
    expect(reply.description).toMatch(
      new RegExp(
        `^AADSTS${code}: .+ Trace ID: \\S+ Correlation ID: \\S+ Timestamp: [\\d-]+ [\\d:]+Z$`,
      ),
    )
  })
})

describe('accounts', () => {
  test('the account page shows members and guests of the tenant first', async ({ provider }) => {
    const page = await (await fetch(authorizeUrl(provider))).text()
    const [here = '', otherAccounts = ''] = page.split('Accounts of other tenants')

    expect(here).toContain('alex@contoso')
    expect(here).toContain('kim@fabrikam')
    expect(here).not.toContain('jo@fabrikam')
    expect(otherAccounts).toContain('charlie@personal.example')
  })

  test.for([
    ['a user of another tenant', undefined, 'jo'],
    ['a personal account at a tenant', undefined, 'charlie'],
    ['a personal account at organizations', 'organizations', 'charlie'],
    ['a work account at consumers', 'consumers', 'alex'],
  ] as const)('%s is rejected with AADSTS50020', async ([_name, tenant, as], { provider }) => {
    await expect(provider.signIn(authorizeUrl(provider, {}, tenant), { as })).rejects.toThrow(
      /AADSTS50020/,
    )
  })

  test('one session signs in silently, several sessions or none show a page', async ({
    provider,
  }) => {
    const cookies: ProviderCookies = new Map()
    await provider.signIn(authorizeUrl(provider), { as: 'alex', cookies })
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join()
    const visit = () => fetch(authorizeUrl(provider), { headers: { cookie }, redirect: 'manual' })

    expect((await visit()).status).toBe(302)
    await provider.signIn(authorizeUrl(provider, { prompt: 'login' }), { as: 'robin', cookies })
    expect((await visit()).status).toBe(200)
    expect((await fetch(authorizeUrl(provider))).status).toBe(200)
  })

  test('the session cookie is HttpOnly and Lax', async ({ provider }) => {
    const page = await (await fetch(authorizeUrl(provider))).text()
    const action = /action="([^"]+)"/.exec(page)?.[1] ?? ''
    const response = await fetch(provider.origin + action, {
      method: 'POST',
      body: new URLSearchParams({ account: provider.user('alex').username }),
      redirect: 'manual',
    })

    expect(response.headers.get('set-cookie')).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/)
  })

  test('a page of a completed sign-in explains it', async ({ provider }) => {
    const page = await (await fetch(authorizeUrl(provider))).text()
    const action = provider.origin + (/action="([^"]+)"/.exec(page)?.[1] ?? '')
    const send = (fields: Record<string, string>) =>
      fetch(action, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
    const account = provider.user('alex').username

    expect((await send({ account })).status).toBe(200)
    expect((await send({ decision: 'accept' })).status).toBe(302)
    expect((await send({ account })).status).toBe(400)
  })
})

describe('prompt', () => {
  test('none without a session is login_required', async ({ errorOf }) => {
    const reply = await errorOf({ prompt: 'none' })

    expect(reply.error).toBe('login_required')
    expect(reply.description).toContain('AADSTS50058')
  })

  test('none with several accounts is interaction_required, and a hint resolves it', async ({
    provider,
    errorOf,
  }) => {
    const cookies: ProviderCookies = new Map()
    await provider.signIn(authorizeUrl(provider), { as: 'alex', cookies })
    await provider.signIn(authorizeUrl(provider, { prompt: 'login' }), { as: 'robin', cookies })

    expect((await errorOf({ prompt: 'none' }, cookies)).error).toBe('interaction_required')
    const hinted = { prompt: 'none', login_hint: provider.user('robin').username }
    expect((await errorOf(hinted, cookies)).error).toBeNull()
  })

  test('none with a hint for another user is login_required', async ({ provider, errorOf }) => {
    const cookies: ProviderCookies = new Map()
    await provider.signIn(authorizeUrl(provider), { as: 'alex', cookies })

    const reply = await errorOf(
      { prompt: 'none', login_hint: 'robin@contoso.onmicrosoft.com' },
      cookies,
    )
    expect(reply.error).toBe('login_required')
  })

  test('none without consent is consent_required', async ({ provider, errorOf }) => {
    const cookies: ProviderCookies = new Map()
    await provider.signIn(authorizeUrl(provider), { cookies })

    const reply = await errorOf({ prompt: 'none', scope: 'openid User.Read' }, cookies)
    expect(reply.error).toBe('consent_required')
    expect(reply.description).toContain('AADSTS65001')
  })

  test.for(['login', 'select_account'])(
    '%s shows a page despite a session',
    async (prompt, { provider }) => {
      const cookies: ProviderCookies = new Map()
      await provider.signIn(authorizeUrl(provider), { as: 'alex', cookies })
      const { url } = await provider.signIn(authorizeUrl(provider, { prompt }), {
        as: 'robin',
        cookies,
      })

      const { body } = await redeem(provider, url.searchParams.get('code') ?? '')
      expect(claimsOf(body.id_token)['preferred_username']).toBe(provider.user('robin').username)
    },
  )

  test('consent asks again for granted scopes', async ({ provider }) => {
    const cookies: ProviderCookies = new Map()
    const scope = 'openid User.Read'
    await provider.signIn(authorizeUrl(provider, { scope }), { cookies })

    const { url } = await provider.signIn(authorizeUrl(provider, { scope, prompt: 'consent' }), {
      cookies,
      consent: false,
    })
    expect(url.searchParams.get('error')).toBe('access_denied')
  })
})

describe('hints and age', () => {
  test.for(['alex', 'robin'])('login_hint puts %s first', async (name, { provider }) => {
    const { username } = provider.user(name)
    const page = await (await fetch(authorizeUrl(provider, { login_hint: username }))).text()

    expect(/name="account"\s+value="([^"]+)"/.exec(page)?.[1]).toBe(username)
  })

  test('the login_hint claim works as a hint', async ({ provider }) => {
    const tokens = await getTokens(provider, {}, { as: 'robin' })
    const hint = String(claimsOf(tokens.id_token)['login_hint'])
    const page = await (await fetch(authorizeUrl(provider, { login_hint: hint }))).text()

    expect(hint).not.toContain('robin')
    expect(/name="account"\s+value="([^"]+)"/.exec(page)?.[1]).toContain('robin')
  })

  test.for([
    ['consumers', 'charlie@personal.example'],
    ['fabrikam.onmicrosoft.com', 'kim@fabrikam.onmicrosoft.com'],
  ] as const)('domain_hint %s limits the account page', async ([hint, first], { provider }) => {
    const url = authorizeUrl(provider, { domain_hint: hint }, 'common')
    const [here = ''] = (await (await fetch(url)).text()).split('<details>')

    expect(here).toContain(first)
    expect(here).not.toContain('alex@contoso')
  })

  test('max_age shows a page after that time and adds auth_time', async ({
    provider,
    clock,
    errorOf,
  }) => {
    const cookies: ProviderCookies = new Map()
    const first = await getTokens(provider, { max_age: '600' }, { cookies })
    const authTime = Number(claimsOf(first.id_token)['auth_time'])
    expect(authTime).toBe(Math.floor(clock.now() / 1000))

    clock.advance(500)
    const second = await getTokens(provider, { max_age: '600', prompt: 'none' }, { cookies })
    expect(claimsOf(second.id_token)['auth_time']).toBe(authTime)

    clock.advance(200)
    expect((await errorOf({ max_age: '600', prompt: 'none' }, cookies)).error).toBe(
      'login_required',
    )
    const third = await getTokens(provider, { max_age: '600' }, { cookies })
    expect(claimsOf(third.id_token)['auth_time']).toBe(authTime + 700)
  })

  test('without max_age, auth_time is missing', async ({ provider }) => {
    const tokens = await getTokens(provider)

    expect(claimsOf(tokens.id_token)).not.toHaveProperty('auth_time')
  })
})

describe('consent', () => {
  const scope = `openid User.Read Mail.Send ${TODO_API}/Todos.Read`

  test('lists each scope of every resource once', async ({ provider, consentPage }) => {
    const page = await consentPage(scope)

    for (const name of [
      '<code>User.Read</code>',
      '<code>Mail.Send</code>',
      '<code>Todos.Read</code>',
    ]) {
      expect(page).toContain(name)
    }
    const { url } = await provider.signIn(authorizeUrl(provider, { scope }), { as: 'alex' })
    expect(url.searchParams.has('code')).toBe(true)
    expect(await consentPage(scope)).toBe('')
    expect(await consentPage('Mail.Read')).toContain('only an administrator could grant it.')
  })

  test('is also needed for a sign-in without an API, once', async ({ provider, consentPage }) => {
    const page = await consentPage(ALL_IDENTITY)

    for (const name of ALL_IDENTITY.split(' ')) expect(page).toContain(`<code>${name}</code>`)
    const declined = await provider.signIn(authorizeUrl(provider), { consent: false })
    expect(declined.url.searchParams.get('error')).toBe('access_denied')
    await provider.signIn(authorizeUrl(provider, { scope: 'openid' }), { as: 'alex' })
    // The first consent includes all OpenID scopes.
    expect(await consentPage(ALL_IDENTITY)).toBe('')
    const later = await consentPage(`${ALL_IDENTITY} User.Read`)
    expect(later).toContain('<code>User.Read</code>')
    expect(later).not.toContain('<code>offline_access</code>')
  })

  test('is needed per app, and none without it is consent_required', async ({ provider }) => {
    const cookies: ProviderCookies = new Map()
    await provider.signIn(authorizeUrl(provider), { cookies })
    const params = { client_id: provider.api.clientId, prompt: 'none', scope: 'openid' }
    const preauthorized = await provider.signIn(authorizeUrl(provider, params), { cookies })
    const [app, ...apps] = provider.config.apps
    const clientId = '77777777-7777-4777-8777-777777777777'
    const other = await startDevProvider({
      config: { apps: [app!, ...apps, { ...app!, clientId }] },
    })
    const browser: ProviderCookies = new Map()
    await other.signIn(authorizeUrl(other), { cookies: browser })
    const url = authorizeUrl(other, { client_id: clientId, prompt: 'none' })
    const reply = await other.signIn(url, { cookies: browser })
    await other.close()

    expect(preauthorized.url.searchParams.has('code')).toBe(true)
    expect(reply.url.searchParams.get('error')).toBe('consent_required')
    expect(reply.url.searchParams.get('error_description')).toMatch(/^AADSTS65001: /)
  })

  test('of an administrator or a switch includes the sign-in', async ({
    provider,
    consentPage,
  }) => {
    const approval = new URL(`${provider.authority()}/adminconsent`)
    approval.searchParams.set('client_id', provider.app.clientId)
    approval.searchParams.set('redirect_uri', REDIRECT_URI)
    await provider.signIn(approval, { as: 'sam' })
    expect(await consentPage(ALL_IDENTITY)).toBe('')

    provider.reset()
    expect(await consentPage(ALL_IDENTITY)).not.toBe('')
    provider.behave({ consent: 'skip' })
    expect(await consentPage(ALL_IDENTITY)).toBe('')
  })

  test.for(['consumers', 'organizations', 'common'])(
    'is needed at %s',
    async (tenant, { provider }) => {
      const as = tenant === 'consumers' ? 'charlie' : 'alex'
      const url = authorizeUrl(provider, {}, tenant)
      const { url: reply } = await provider.signIn(url, { as, consent: false })

      expect(reply.searchParams.get('error')).toBe('access_denied')
    },
  )

  test('returns access_denied with AADSTS65004 when the user declines', async ({ provider }) => {
    const { url } = await provider.signIn(authorizeUrl(provider, { scope }), { consent: false })

    expect(url.searchParams.get('error')).toBe('access_denied')
    expect(url.searchParams.get('error_description')).toMatch(/^AADSTS65004: /)
    expect(url.searchParams.get('state')).toBe('state-1')
  })

  test('belongs to one user, and another user is asked again', async ({
    provider,
    consentPage,
  }) => {
    await provider.signIn(authorizeUrl(provider, { scope }), { as: 'robin' })

    expect(await consentPage(scope)).not.toBe('')
  })

  test('for administrators stops all other users', async ({ provider }) => {
    const admins = 'openid Directory.Read.All'
    const { url } = await provider.signIn(authorizeUrl(provider, { scope: admins }), { as: 'alex' })
    expect(url.searchParams.get('error')).toBe('access_denied')
    expect(url.searchParams.get('error_description')).toContain('AADSTS90094')

    const reply = await provider.signIn(authorizeUrl(provider, { scope: admins }), { as: 'sam' })
    expect(reply.url.searchParams.has('code')).toBe(true)
  })

  test('can be switched off', async ({ provider, consentPage }) => {
    provider.behave({ consent: 'skip' })

    expect(await consentPage(scope)).toBe('')
  })

  test('is not needed for preauthorized scopes', async ({ provider }) => {
    const [app, api] = provider.config.apps
    const other = await startDevProvider({
      config: { apps: [{ ...app!, preauthorized: ['User.Read', `${TODO_API}/Todos.Read`] }, api!] },
    })
    const url = authorizeUrl(other, { scope: `openid User.Read ${TODO_API}/Todos.Read` })
    const reply = await other.signIn(url, { consent: false })

    expect(reply.url.searchParams.has('code')).toBe(true)
    await other.close()
  })
})

describe('provider.signIn without an authorization URL', () => {
  test('says that the application did not redirect', async ({ provider }) => {
    await expect(provider.signIn('')).rejects.toThrow(
      "The application did not redirect to sign-in: '' is not a URL.",
    )
    await expect(provider.signIn('http://localhost:3000/orders')).rejects.toThrow(
      'The application did not redirect to this provider, but to http://localhost:3000/orders.',
    )
  })
})

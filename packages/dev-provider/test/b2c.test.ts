import { createRemoteJWKSet, jwtVerify } from 'jose'
import { startDevProvider } from '../src/index.js'
import {
  authorizeUrl,
  claimsOf,
  cookieHeader,
  getCode,
  getTokens,
  postForm,
  redeem,
  refresh,
  REDIRECT_URI,
  requestToken,
} from './support/flow.js'
import { describe, expect, test as base } from './support/fixtures.js'

const GUID = 'b2c00000-0000-4000-8000-000000000004'
const DOMAIN = 'fabrikamb2c.onmicrosoft.com'
const SUSI = `${DOMAIN}/B2C_1_susi`
const EDIT = `${DOMAIN}/B2C_1_edit`
const RESET = `${DOMAIN}/B2C_1_reset`
const TODOS = 'https://fabrikamb2c.onmicrosoft.com/todos/Todos.Read'
const IDENTITY = 'openid offline_access'

const test = base
  .extend(
    'start',
    ({ provider }) =>
      (policy = SUSI, params: Record<string, string> = {}) =>
        authorizeUrl(provider, { scope: IDENTITY, ...params }, policy),
  )
  .extend('metadataOf', ({ provider }) => async (path: string) => {
    const response = await fetch(
      `${provider.authority(path)}/v2.0/.well-known/openid-configuration`,
    )
    return (await response.json()) as Record<string, unknown>
  })
  /** Mia, who uses the browser of the test. */
  .extend('mia', ({ provider, cookies, start }) => ({
    tokensOf: (scope = IDENTITY) =>
      getTokens(provider, { scope }, { tenant: SUSI, as: 'mia', cookies }),
    async signOut(params: Record<string, string>, at = SUSI) {
      const url = `${provider.authority(at)}/oauth2/v2.0/logout?${new URLSearchParams(params).toString()}`
      const headers = cookieHeader(cookies)
      return (await fetch(url, { headers, redirect: 'manual' })).headers.get('location')
    },
    async isSignedIn() {
      const { url } = await provider.signIn(start(SUSI, { prompt: 'none' }), { cookies })
      return url.searchParams.has('code')
    },
  }))

const errorOf = (url: URL) => ({
  error: url.searchParams.get('error'),
  text: url.searchParams.get('error_description') ?? '',
})

describe('an authority', () => {
  test('is one policy of the tenant', ({ provider }) => {
    expect(provider.b2c).toEqual({
      tenantName: 'fabrikamb2c',
      customDomain: provider.origin,
      signUpSignInUserFlow: 'B2C_1_susi',
      editProfileUserFlow: 'B2C_1_edit',
      resetPasswordUserFlow: 'B2C_1_reset',
    })
    expect(provider.b2cAuthority()).toBe(`${provider.origin}/${SUSI}`)
    expect(provider.b2cAuthority('B2C_1_edit')).toBe(`${provider.origin}/${EDIT}`)
  })

  test.for([SUSI, `${GUID}/b2c_1_susi`, `tfp/${DOMAIN}/B2C_1_SUSI`, `TFP/${GUID}/B2C_1_susi`])(
    'is available at %s with its endpoints',
    async (path, { metadataOf, provider }) => {
      const document = await metadataOf(path)

      expect(document['issuer']).toBe(`${provider.origin}/${GUID}/v2.0/`)
      for (const [name, end] of [
        ['authorization_endpoint', 'oauth2/v2.0/authorize'],
        ['token_endpoint', 'oauth2/v2.0/token'],
        ['end_session_endpoint', 'oauth2/v2.0/logout'],
        ['jwks_uri', 'discovery/v2.0/keys'],
      ] as const) {
        expect(String(document[name]).toLowerCase()).toBe(
          `${provider.origin}/${path}/${end}`.toLowerCase(),
        )
        expect((await fetch(String(document[name]))).status).not.toBe(404)
      }
    },
  )

  test('has the scope openid only, and no userinfo, device flow or PKCE in its metadata', async ({
    metadataOf,
  }) => {
    const document = await metadataOf(SUSI)

    expect(document).toMatchObject({
      scopes_supported: ['openid'],
      token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
      response_modes_supported: ['query', 'fragment', 'form_post'],
      claims_supported: expect.arrayContaining(['tfp', 'emails', 'oid']) as string[],
    })
    for (const name of [
      'userinfo_endpoint',
      'device_authorization_endpoint',
      'code_challenge_methods_supported',
    ]) {
      expect(document).not.toHaveProperty(name)
    }
  })

  test.for([`${DOMAIN}/B2C_1_other`, `${SUSI}/oauth2/v2.0/devicecode`, `tfp/${DOMAIN}`])(
    '%s does not exist',
    async (path, { provider }) => {
      const url = `${provider.origin}/${path}`
      const end = path.includes('devicecode') ? '' : '/v2.0/.well-known/openid-configuration'

      expect((await fetch(url + end)).status).toBe(404)
    },
  )

  test.for([SUSI, `${GUID}/B2C_1_susi`, `tfp/${SUSI}`, EDIT])(
    'has a second document whose endpoints work, at %s',
    async (path, { provider, metadataOf }) => {
      const response = await fetch(`${provider.authority(path)}/.well-known/openid-configuration`)
      const document = (await response.json()) as Record<string, string>
      const authority = `${provider.origin}/${path.replace(/[^/]+$/, (policy) => policy.toLowerCase())}`

      expect(document).toEqual({
        ...(await metadataOf(path)),
        authorization_endpoint: `${authority}/oauth2/authorize`,
        token_endpoint: `${authority}/oauth2/token`,
        end_session_endpoint: `${authority}/oauth2/logout`,
        jwks_uri: `${authority}/discovery/keys`,
      })
      const url = new URL(document['authorization_endpoint'] ?? '')
      url.search = authorizeUrl(provider, { scope: `openid ${TODOS}` }).search
      const { url: reply } = await provider.signIn(url, { as: 'mia' })
      const { clientId, clientSecret = '' } = provider.app
      const { body } = await postForm(document['token_endpoint'] ?? '', {
        grant_type: 'authorization_code',
        code: reply.searchParams.get('code') ?? '',
        redirect_uri: REDIRECT_URI,
        client_id: clientId,
        client_secret: clientSecret,
      })
      const keys = createRemoteJWKSet(new URL(document['jwks_uri'] ?? ''))
      const { payload } = await jwtVerify(body.id_token ?? '', keys, {
        issuer: document['issuer'] ?? '',
      })

      expect(payload['name']).toBe('Mia Santos')
    },
  )

  test('contains the policy in the tfp issuer', async ({ provider, metadataOf, mia }) => {
    provider.behave({ b2cIssuer: 'tfp' })
    const issuer = `${provider.origin}/tfp/${GUID}/b2c_1_susi/v2.0/`

    expect((await metadataOf(SUSI))['issuer']).toBe(issuer)
    expect(claimsOf((await mia.tokensOf()).id_token)['iss']).toBe(issuer)
  })

  test('has keys without an issuer', async ({ provider }) => {
    const response = await fetch(`${provider.b2cAuthority()}/discovery/v2.0/keys`)
    const { keys } = (await response.json()) as { keys: object[] }

    expect(keys.map((key) => Object.keys(key).toSorted())).toEqual([
      ['e', 'kid', 'kty', 'n', 'nbf', 'use'],
    ])
  })
})

describe('an ID token', () => {
  test('has the claims of Azure AD B2C and not those of Entra ID', async ({ mia, provider }) => {
    const claims = claimsOf((await mia.tokensOf('openid')).id_token)
    const { oid } = provider.user('mia')

    expect(claims).toMatchObject({
      iss: `${provider.origin}/${GUID}/v2.0/`,
      aud: provider.app.clientId,
      sub: oid,
      oid,
      name: 'Mia Santos',
      emails: ['mia@shopper.example'],
      tfp: 'B2C_1_susi',
      ver: '1.0',
      auth_time: expect.any(Number) as number,
      nonce: 'nonce-1',
    })
    for (const claim of ['preferred_username', 'tid', 'acr', 'email']) {
      expect(claims).not.toHaveProperty(claim)
    }
  })

  test('contains the policy in lower case in acr', async ({ provider, mia }) => {
    provider.behave({ b2cPolicyClaim: 'acr' })
    const claims = claimsOf((await mia.tokensOf()).id_token)

    expect(claims['acr']).toBe('b2c_1_susi')
    expect(claims).not.toHaveProperty('tfp')
  })
})

describe('a token response', () => {
  test('contains an access token only for a scope of an API', async ({ mia }) => {
    const tokens = await mia.tokensOf('openid profile offline_access')

    expect(tokens).not.toHaveProperty('access_token')
    expect(tokens).not.toHaveProperty('expires_in')
    expect(tokens.scope).toBe('openid offline_access')
    expect(tokens.refresh_token).toBeTruthy()
  })

  test('for an API contains times as strings, and openid and offline_access', async ({
    mia,
    provider,
  }) => {
    const tokens = await mia.tokensOf(`${IDENTITY} ${TODOS}`)

    expect(tokens.expires_in).toBe(3600)
    expect(tokens['not_before']).toBeTypeOf('number')
    expect(Number(tokens['expires_on'])).toBe(Number(tokens['not_before']) + 3600)
    expect(tokens.scope).toBe(`${TODOS} openid offline_access`)
    expect(claimsOf(tokens.access_token)).toMatchObject({
      aud: provider.config.apps[2]!.clientId,
      azp: provider.app.clientId,
      scp: 'Todos.Read',
      ver: '1.0',
      tfp: 'B2C_1_susi',
    })
  })

  test('for the client ID as scope contains a token for the app itself', async ({
    provider,
    mia,
  }) => {
    const { clientId } = provider.app
    const tokens = await mia.tokensOf(`${IDENTITY} ${clientId}`)
    const claims = claimsOf(tokens.access_token)

    expect(tokens.scope).toBe(`${clientId} openid offline_access`)
    expect(claims['aud']).toBe(clientId)
    expect(claims).not.toHaveProperty('scp')
  })

  test('contains client_info with the policy in uid', async ({ provider }) => {
    const code = await getCode(provider, { scope: 'openid' }, { tenant: SUSI, as: 'mia' })
    const { body } = await redeem(provider, code, { client_info: '1' }, SUSI)
    const info: unknown = JSON.parse(Buffer.from(body['client_info'] ?? '', 'base64url').toString())

    expect(info).toEqual({ uid: `${provider.user('mia').oid}-b2c_1_susi`, utid: GUID })
  })

  test('for an app-only token does not need a user', async ({ provider }) => {
    const scope = 'https://fabrikamb2c.onmicrosoft.com/todos/.default'
    const { body } = await requestToken(provider, { grant_type: 'client_credentials', scope }, SUSI)

    expect(body).toMatchObject({ access_token: expect.any(String) as string })
  })
})

describe('scopes', () => {
  test.for(['openid User.Read', 'openid email', 'openid https://fabrikamb2c.onmicrosoft.com/x/y'])(
    '%s is rejected with AADB2C90117',
    async (scope, { provider, start }) => {
      const { url } = await provider.signIn(start(SUSI, { scope }))

      expect(errorOf(url).text).toContain('AADB2C90117')
    },
  )

  test('of two resources are rejected with AADB2C90146', async ({ provider, start }) => {
    const scope = `openid ${TODOS} ${provider.app.clientId}`
    const { url } = await provider.signIn(start(SUSI, { scope }))

    expect(errorOf(url).text).toContain('AADB2C90146')
  })
})

describe('an error', () => {
  test('has line breaks in its description and does not contain error_codes', async ({
    provider,
  }) => {
    const { status, body } = await redeem(provider, 'nonsense', {}, SUSI)

    expect(status).toBe(400)
    expect(Object.keys(body).toSorted()).toEqual(['error', 'error_description'])
    expect(body['error_description']).toMatch(
      /^AADB2C90085: .+\r\nCorrelation ID: \S+\r\nTimestamp: [\d-]+ [\d:]+Z\r\n$/,
    )
  })

  test('of a fault keeps its number', async ({ provider }) => {
    provider.behave({
      faults: { token: { kind: 'error', error: 'invalid_grant', codes: [90129] } },
    })

    expect((await redeem(provider, 'x', {}, SUSI)).body['error_description']).toContain(
      'AADB2C90129: ',
    )
  })

  test('for a redirect URI that is not registered is a page with the number of Azure AD B2C', async ({
    start,
  }) => {
    const response = await fetch(start(SUSI, { redirect_uri: 'https://evil.example/' }))

    expect(await response.text()).toContain('AADB2C90006')
  })

  test('of prompt=none without a session is AADB2C90077', async ({ provider, start }) => {
    const { url } = await provider.signIn(start(SUSI, { prompt: 'none' }))

    expect(errorOf(url)).toMatchObject({
      error: 'interaction_required',
      text: expect.stringContaining('AADB2C90077') as string,
    })
  })
})

describe('codes and refresh tokens', () => {
  test('belong to the policy, at each of its paths', async ({ provider }) => {
    const code = await getCode(provider, { scope: IDENTITY }, { tenant: SUSI, as: 'mia' })
    const other = await redeem(provider, code, {}, EDIT)
    expect(other.body.error).toBe('invalid_grant')
    expect(other.body['error_description']).toContain('AADB2C90088')

    const { body } = await redeem(provider, code, {}, `tfp/${GUID}/b2c_1_susi`)
    const rejected = await refresh(provider, body.refresh_token, {}, EDIT)
    expect(rejected.body.error).toBe('invalid_grant')
    expect(rejected.body['error_description']).toContain('AADB2C90088')
    expect((await refresh(provider, body.refresh_token, {}, SUSI)).status).toBe(200)
  })

  test('refreshing can request an API later', async ({ mia, provider }) => {
    const tokens = await mia.tokensOf()
    const { body } = await refresh(provider, tokens.refresh_token, { scope: TODOS }, SUSI)

    expect(claimsOf(body.access_token)['scp']).toBe('Todos.Read')
  })
})

describe('the sign-in page', () => {
  test('shows the accounts of the tenant and its buttons', async ({ start }) => {
    const page = await (await fetch(start())).text()

    for (const text of [
      'mia@shopper',
      'lee@shopper',
      'forgotPassword',
      'createAccount',
      'cancel',
    ]) {
      expect(page).toContain(text)
    }
    expect(page).not.toContain('alex@contoso')
  })

  test('accounts of other tenants are unknown', async ({ provider, start }) => {
    await expect(provider.signIn(start(), { as: 'alex' })).rejects.toThrow(/AADB2C90053/)
    await expect(provider.signIn(authorizeUrl(provider), { as: 'mia' })).rejects.toThrow(
      /AADSTS50020/,
    )
  })

  test('“Forgot your password?” is AADB2C90118', async ({ provider, start }) => {
    const { url } = await provider.signIn(start(), { press: 'forgot-password' })

    expect(errorOf(url).error).toBe('access_denied')
    expect(errorOf(url).text).toMatch(
      /^AADB2C90118: The user has forgotten their password\.\r\nCorrelation ID: \S+\r\nTimestamp: [^\r]+\r\n$/,
    )
    expect(url.searchParams.get('state')).toBe('state-1')
  })

  test('“Cancel” is AADB2C90091', async ({ provider, start }) => {
    const { url } = await provider.signIn(start(), { press: 'cancel' })

    expect(errorOf(url)).toMatchObject({
      error: 'access_denied',
      text: expect.stringContaining(
        'AADB2C90091: The user has cancelled entering self-asserted information.',
      ) as string,
    })
  })

  test('“Sign up now” creates an account', async ({ provider, start }) => {
    const { url } = await provider.signIn(start(), {
      press: 'sign-up',
      name: 'Zoe Quinn',
      email: 'zoe@new.example',
    })
    const { body } = await redeem(provider, url.searchParams.get('code') ?? '', {}, SUSI)

    expect(claimsOf(body.id_token)).toMatchObject({
      name: 'Zoe Quinn',
      emails: ['zoe@new.example'],
      tfp: 'B2C_1_susi',
    })
  })

  test('a button that does not appear fails the test', async ({ provider }) => {
    await expect(
      provider.signIn(authorizeUrl(provider), { press: 'forgot-password' }),
    ).rejects.toThrow(/forgot-password/)
  })
})

describe('the other policies', () => {
  test('edit uses the session, and later tokens contain the new name', async ({
    mia,
    start,
    provider,
    cookies,
  }) => {
    const before = await mia.tokensOf()
    const page = await (await fetch(start(EDIT), { headers: cookieHeader(cookies) })).text()
    expect(page).toContain('Mia Santos')

    const { url } = await provider.signIn(start(EDIT), { cookies, displayName: 'Mia S.' })
    const { body } = await redeem(provider, url.searchParams.get('code') ?? '', {}, EDIT)
    expect(claimsOf(body.id_token)).toMatchObject({ name: 'Mia S.', tfp: 'B2C_1_edit' })
    const after = await refresh(provider, before.refresh_token, {}, SUSI)
    expect(claimsOf(after.body.id_token)['name']).toBe('Mia S.')
    expect(provider.config.users.some(({ name }) => name === 'Mia S.')).toBe(false)
    provider.reset()
    expect(provider.user('mia').name).toBe('Mia Santos')
  })

  test('edit without a session asks for the account first, and Cancel changes nothing', async ({
    provider,
    start,
    mia,
    cookies,
  }) => {
    const { url } = await provider.signIn(start(EDIT), { as: 'lee', displayName: 'Lee P.' })
    expect(url.searchParams.has('code')).toBe(true)
    expect(provider.user('lee').name).toBe('Lee P.')

    await mia.tokensOf()
    const cancelled = await provider.signIn(start(EDIT), {
      cookies,
      press: 'cancel',
      displayName: 'Nobody',
    })
    expect(errorOf(cancelled.url).text).toContain('AADB2C90091')
    expect(provider.user('mia').name).toBe('Mia Santos')
  })

  test('edit needs a page, so prompt=none fails', async ({ mia, provider, start, cookies }) => {
    await mia.tokensOf()
    const { url } = await provider.signIn(start(EDIT, { prompt: 'none' }), { cookies })

    expect(errorOf(url).text).toContain('AADB2C90077')
  })

  test('reset signs in the chosen account with a token of its policy', async ({
    provider,
    start,
  }) => {
    const tokens = await getTokens(provider, { scope: IDENTITY }, { tenant: RESET, as: 'lee' })
    expect(claimsOf(tokens.id_token)).toMatchObject({ name: 'Lee Park', tfp: 'B2C_1_reset' })

    const { url } = await provider.signIn(start(RESET), { press: 'cancel' })
    expect(errorOf(url).text).toContain('AADB2C90091')
  })

  test('one browser has one account', async ({ mia, provider, start, cookies }) => {
    await mia.tokensOf()
    await provider.signIn(start(SUSI, { prompt: 'login' }), { as: 'lee', cookies })
    const { url } = await provider.signIn(start(SUSI, { prompt: 'none' }), { cookies })
    const { body } = await redeem(provider, url.searchParams.get('code') ?? '', {}, SUSI)

    expect(claimsOf(body.id_token)['name']).toBe('Lee Park')
  })
})

describe('sign-out', () => {
  const ELSEWHERE = 'https://elsewhere.example/bye'
  const HOME = 'http://localhost:3999/'

  test('at one policy ends the session of all, and allows any URL without an ID token', async ({
    mia,
  }) => {
    await mia.tokensOf()
    const location = await mia.signOut({ post_logout_redirect_uri: ELSEWHERE, state: 's' }, EDIT)

    expect(location).toBe(`${ELSEWHERE}?state=s`)
    expect(await mia.isSignedIn()).toBe(false)
  })

  test('with an ID token allows only the URLs of its app', async ({ mia, provider }) => {
    const { id_token = '' } = await mia.tokensOf()
    const hint = { id_token_hint: id_token, client_id: provider.app.clientId }

    expect(await mia.signOut({ ...hint, post_logout_redirect_uri: ELSEWHERE })).toBeNull()
    expect(await mia.signOut({ ...hint, post_logout_redirect_uri: HOME })).toBe(HOME)
  })

  test('allows only http and https URLs', async ({ mia }) => {
    expect(await mia.signOut({ post_logout_redirect_uri: 'javascript:alert(1)' })).toBeNull()
  })

  test('does not end the session of Entra ID, and vice versa', async ({
    mia,
    provider,
    cookies,
  }) => {
    await mia.tokensOf()
    await getTokens(provider, {}, { as: 'alex', cookies })
    await mia.signOut({})

    const { url } = await provider.signIn(authorizeUrl(provider, { prompt: 'none' }), { cookies })
    expect(url.searchParams.has('code')).toBe(true)
    expect(await mia.isSignedIn()).toBe(false)
  })
})

test('a configuration without the tenant fails when the tenant is used', async ({ provider }) => {
  const { tenants, users } = provider.config
  const other = await startDevProvider({
    config: { tenants: [tenants[0]!], users: [users[0]!] },
  })

  expect(() => other.b2c).toThrow(/'b2c'/)
  expect(() => other.externalIdAuthority).toThrow(/'external-id'/)
  await other.close()
})

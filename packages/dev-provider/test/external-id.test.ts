import type { ProviderCookies } from '../src/index.js'
import {
  ALL_IDENTITY,
  authorizeUrl,
  claimsOf,
  getTokens,
  redeem,
  refresh,
  TODO_API,
} from './support/flow.js'
import { describe, expect, test as base } from './support/fixtures.js'

const GUID = 'c1a00000-0000-4000-8000-000000000003'
const DOMAIN = 'contosocustomers.onmicrosoft.com'
const ISSUER = `https://${GUID}.ciamlogin.com/${GUID}/v2.0`

const read = async (url: string) => (await (await fetch(url)).json()) as Record<string, unknown>

const test = base.extend(
  'create',
  ({ provider }) =>
    () =>
      authorizeUrl(provider, { prompt: 'create' }, DOMAIN),
)

describe('metadata', () => {
  test.for([GUID, DOMAIN])(
    'at %s contains the issuer on ciamlogin.com',
    async (tenant, { provider }) => {
      const authority = provider.authority(tenant)
      const document = await read(`${authority}/v2.0/.well-known/openid-configuration`)

      expect(document['issuer']).toBe(ISSUER)
      expect(document['token_endpoint']).toBe(`${provider.origin}/${GUID}/oauth2/v2.0/token`)
    },
  )

  test('uses the domain name in the authority', ({ provider }) => {
    expect(provider.externalIdAuthority).toBe(`${provider.origin}/${DOMAIN}`)
  })

  test('has one key, for this issuer only', async ({ provider }) => {
    const { keys } = await read(`${provider.externalIdAuthority}/discovery/v2.0/keys`)

    expect(keys).toEqual([expect.objectContaining({ issuer: ISSUER })])
  })
})

describe('tokens', () => {
  test('an ID token differs from Entra ID only in the issuer', async ({ provider }) => {
    const tokens = await getTokens(provider, {}, { tenant: DOMAIN, as: 'nora' })

    expect(claimsOf(tokens.id_token)).toMatchObject({
      iss: ISSUER,
      tid: GUID,
      ver: '2.0',
      name: 'Nora Lind',
      preferred_username: 'nora@customer.example',
      email: 'nora@customer.example',
    })
    expect(claimsOf(tokens.id_token)['sub']).not.toBe(provider.user('nora').oid)
  })

  test('a token for an API has the same issuer, and the response contains scopes with prefix', async ({
    provider,
  }) => {
    const scope = `${ALL_IDENTITY} ${TODO_API}/Todos.Read`
    const tokens = await getTokens(provider, { scope }, { tenant: DOMAIN, as: 'theo' })

    expect(tokens.scope).toBe(`${TODO_API}/Todos.Read`)
    expect(claimsOf(tokens.access_token)).toMatchObject({ iss: ISSUER, scp: 'Todos.Read' })
  })

  test('a Graph token works at Graph, and refreshing works', async ({ provider }) => {
    const tokens = await getTokens(
      provider,
      { scope: `${ALL_IDENTITY} User.Read` },
      { tenant: DOMAIN, as: 'nora' },
    )
    const { body } = await refresh(provider, tokens.refresh_token, {}, DOMAIN)
    const response = await fetch(provider.graphMe, {
      headers: { authorization: `Bearer ${body.access_token}` },
    })

    expect(await response.json()).toMatchObject({ displayName: 'Nora Lind' })
  })

  test('refresh tokens do not work in another tenant', async ({ provider }) => {
    const tokens = await getTokens(provider, {}, { tenant: DOMAIN, as: 'nora' })

    expect((await refresh(provider, tokens.refresh_token)).body.error).toBe('invalid_grant')
  })
})

describe('customers', () => {
  test.for(['common', 'organizations', 'consumers', undefined])(
    'do not exist at %s',
    async (tenant, { provider }) => {
      const page = await (await fetch(authorizeUrl(provider, {}, tenant))).text()

      expect(page).not.toContain('nora@customer.example')
      await expect(
        provider.signIn(authorizeUrl(provider, {}, tenant), { as: 'nora' }),
      ).rejects.toThrow(/AADSTS50020/)
    },
  )

  test('are the only accounts on their page', async ({ provider }) => {
    const page = await (await fetch(authorizeUrl(provider, {}, DOMAIN))).text()

    expect(page).toContain('theo@customer.example')
    expect(page).not.toContain('alex@contoso')
  })

  test('are never asked for consent', async ({ provider }) => {
    const scope = `${ALL_IDENTITY} User.Read`
    const url = authorizeUrl(provider, { scope }, DOMAIN)

    expect((await provider.signIn(url, { consent: false })).url.searchParams.has('code')).toBe(true)
  })

  test('have a separate session', async ({ provider }) => {
    const cookies: ProviderCookies = new Map()
    await getTokens(provider, {}, { tenant: DOMAIN, as: 'nora', cookies })

    const silent = (tenant?: string) =>
      provider.signIn(authorizeUrl(provider, { prompt: 'none' }, tenant), { cookies })
    expect((await silent(DOMAIN)).url.searchParams.has('code')).toBe(true)
    expect((await silent()).url.searchParams.get('error')).toBe('login_required')
  })
})

describe('sign-up', () => {
  test('prompt=create creates an account and signs it in, until a reset', async ({
    provider,
    create,
  }) => {
    const { url } = await provider.signIn(create(), { name: 'Zoe Quinn', email: 'zoe@new.example' })
    const { body } = await redeem(provider, url.searchParams.get('code') ?? '', {}, DOMAIN)

    expect(claimsOf(body.id_token)).toMatchObject({
      iss: ISSUER,
      name: 'Zoe Quinn',
      preferred_username: 'zoe@new.example',
    })
    const again = await getTokens(provider, {}, { tenant: DOMAIN, as: 'zoe' })
    expect(claimsOf(again.id_token)['oid']).toBe(claimsOf(body.id_token)['oid'])
    provider.reset()
    expect(() => provider.user('zoe')).toThrow(TypeError)
  })

  test('the sign-in page has a button for it', async ({ provider }) => {
    const { url } = await provider.signIn(authorizeUrl(provider, {}, DOMAIN), { press: 'sign-up' })

    expect(url.searchParams.has('code')).toBe(true)
    expect(provider.user('New').tenant).toBe(GUID)
  })

  test('Cancel returns access_denied', async ({ provider, create }) => {
    const { url } = await provider.signIn(create(), { press: 'cancel' })

    expect(url.searchParams.get('error')).toBe('access_denied')
    expect(url.searchParams.get('state')).toBe('state-1')
  })

  test('rejects an email address that exists or is not valid', async ({ provider, create }) => {
    for (const email of ['nora@customer.example', 'nobody']) {
      const page = await (await fetch(create())).text()
      const action = provider.origin + (/action="([^"]+)"/.exec(page)?.[1] ?? '')
      const response = await fetch(action, {
        method: 'POST',
        body: new URLSearchParams({ action: 'create', displayName: '"><b>', email }),
      })
      const again = await response.text()

      expect(response.status).toBe(400)
      expect(again).toContain('role="alert"')
      expect(again).toContain('&quot;&gt;&lt;b&gt;')
    }
  })

  test('a forged form does not create an account where sign-up is not offered', async ({
    provider,
  }) => {
    const page = await (await fetch(authorizeUrl(provider))).text()
    const action = provider.origin + (/action="([^"]+)"/.exec(page)?.[1] ?? '')
    await fetch(action, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({
        action: 'create',
        displayName: 'Eve',
        email: 'eve@evil.example',
      }),
    })

    expect(() => provider.user('eve')).toThrow(TypeError)
  })

  test('only External ID supports prompt=create', async ({ provider }) => {
    const { url } = await provider.signIn(authorizeUrl(provider, { prompt: 'create' }))

    expect(url.searchParams.get('error_description')).toContain('AADSTS90023')
  })
})

test('max_age and acrs work as at Entra ID', async ({ provider }) => {
  const claims = JSON.stringify({ access_token: { acrs: { value: 'c1' } } })
  const tokens = await getTokens(provider, { max_age: '60', claims }, { tenant: DOMAIN })

  expect(claimsOf(tokens.id_token)).toHaveProperty('auth_time')
  expect(claimsOf(tokens.access_token)['acrs']).toEqual(['c1'])
})

import { get } from 'node:http'
import { text as textOf } from 'node:stream/consumers'
import { decodeJwt } from 'jose'
import type { DevProvider } from '../src/index.js'
import { describe, expect, test as base } from './support/fixtures.js'
import { authorizeUrl, getTokens, redeem, requestToken, TODO_API } from './support/flow.js'

const decode = (provider: DevProvider, token: string, headers: Record<string, string> = {}) =>
  fetch(`${provider.origin}/dev/requests`, {
    method: 'POST',
    headers: { origin: provider.origin, ...headers },
    body: new URLSearchParams({ token }),
  })

const test = base
  .extend(
    'read',
    ({ provider }) =>
      async (query = ''): Promise<string> =>
        (await fetch(`${provider.origin}/dev/requests${query}`)).text(),
  )
  /** Returns the text of the page that a person reads. */
  .extend('verdict', ({ provider }) => async (token: string): Promise<string> => {
    const html = await (await decode(provider, token)).text()
    const [, card = ''] = /id="decode"([\s\S]*?)<\/details>/.exec(html) ?? []
    return card.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
  })

const entries = (html: string): string[] => html.split(/<li id="r/).slice(1)

describe('the page of requests', () => {
  test('shows the requests of a sign-in, the newest first, with decoded tokens', async ({
    provider,
    read,
  }) => {
    const tokens = await getTokens(provider, { scope: 'openid profile User.Read' }, { as: 'robin' })
    await fetch(provider.graphMe, { headers: { authorization: `Bearer ${tokens.access_token}` } })
    const [graph = '', token = '', ...others] = entries(await read())

    expect(graph).toContain('Microsoft Graph')
    expect(graph).toContain('My web app')
    expect(graph).toContain('Authorization header')
    expect(graph).toContain('access token for Microsoft Graph')
    expect(token).toContain('authorization_code')
    expect(token).toMatch(/\d+ ms/)
    for (const place of ['access_token', 'id_token'])
      expect(token).toContain(`<code>${place}</code>`)
    expect(token).toMatch(/expires in (59 min|1 h)/)
    expect(token).toContain('<code>Robin Chen</code>')
    expect(others.length).toBeGreaterThanOrEqual(3)
  })

  test('shows why a request failed and what to change', async ({ provider, read }) => {
    await requestToken(provider, {
      grant_type: 'client_credentials',
      client_secret: 'wrong-secret-1',
    })
    const html = await read('?only=failed')

    expect(html).toMatch(/How to fix it[\s\S]*The client secret is wrong/)
    expect(html).toContain('AADSTS7000215')
    expect(html).not.toContain('wrong-secret-1')
  })

  test('does not contain secrets, codes or tokens', async ({ provider, read }) => {
    const { url } = await provider.signIn(authorizeUrl(provider))
    const code = url.searchParams.get('code') ?? ''
    const { body } = await redeem(provider, code)
    await fetch(provider.graphMe, { headers: { authorization: `Bearer ${body.access_token}` } })
    const html = await read()

    for (const secret of [
      code,
      body.access_token,
      body.id_token,
      body.refresh_token,
      provider.app.clientSecret,
    ])
      expect(html).not.toContain(secret)
    for (const token of [body.access_token, body.id_token])
      expect(html).not.toContain(String(token).split('.')[2])
    expect(JSON.stringify(provider.requests)).not.toContain('eyJ')
    expect(JSON.stringify(provider.requests)).not.toContain('"claims"')
  })

  test('does not keep a token that another provider issued', async ({ provider, read }) => {
    const claims = {
      iss: 'https://elsewhere.example',
      aud: 'x',
      name: 'A real person',
      scp: 'Secret.Read',
    }
    const stranger = await provider.sign(claims, { key: 'stranger' })
    const unknown = await provider.sign(claims, { header: { kid: 'unknown' } })
    const unsigned = await provider.sign(claims, { header: { alg: 'none' } })
    for (const token of [stranger, unknown, unsigned, 'opaque'])
      await fetch(provider.graphMe, { headers: { authorization: `Bearer ${token}` } })
    const html = await read()

    expect(entries(html)).toHaveLength(4)
    expect(html).not.toContain('A real person')
    expect(html).not.toContain('Secret.Read')
    expect(html).toContain('was changed after this provider signed it')
    expect(html).toContain('was not signed by a current key of this provider')
    expect(html).toContain('is not a JWT. This page cannot decode it.')
  })

  test.for([
    ['?endpoint=Token', ['client_credentials', 'client_credentials']],
    ['?only=failed', ['AADSTS50011', 'AADSTS7000215']],
    ['?endpoint=Token&only=failed', ['AADSTS7000215']],
    ['?app=22222222-3333-4444-8555-666666666666', []],
    ['?endpoint=unheard', []],
  ] as const)('filters by %s', async ([query, expected], { provider, read }) => {
    await requestToken(provider, { grant_type: 'client_credentials', client_secret: 'wrong' })
    await requestToken(provider, {
      grant_type: 'client_credentials',
      scope: `${TODO_API}/.default`,
    })
    await fetch(authorizeUrl(provider, { redirect_uri: 'https://evil.example/' }))
    const shown = entries(await read(query))

    expect(shown).toHaveLength(expected.length)
    for (const [index, text] of expected.entries()) expect(shown[index]).toContain(text)
  })

  test('finds the app of a Basic header and of a bearer token', async ({ provider, read }) => {
    const { clientId, clientSecret = '' } = provider.app
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64')
    await fetch(`${provider.oidcAuthority}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    })
    const html = await read(`?app=${clientId}`)

    expect(entries(html)).toHaveLength(1)
    expect(html).not.toContain(basic)
  })

  test('the script gets only new requests, and earlier ones when they have a response', async ({
    provider,
    read,
  }) => {
    await fetch(`${provider.oidcAuthority}/keys`)
    const latest = Number(/data-latest="(\d+)"/.exec(await read())?.[1])
    const poll = async (pending = '') => {
      const response = await fetch(
        `${provider.origin}/dev/requests?after=${latest}&pending=${pending}`,
      )
      return (await response.json()) as { latest: number; entries: { id: number; html: string }[] }
    }
    expect(await poll()).toEqual({ latest, entries: [] })

    provider.behave({ faults: { keys: { kind: 'slow', ms: 50 } } })
    const slow = fetch(`${provider.oidcAuthority}/keys`)
    await expect.poll(async () => (await poll()).latest).toBe(latest + 1)
    expect((await poll()).entries[0]?.html).toContain('data-pending')
    await slow
    const after = await fetch(
      `${provider.origin}/dev/requests?after=${latest + 1}&pending=${latest + 1}`,
    )
    const { entries: finished } = (await after.json()) as { entries: { html: string }[] }
    expect(finished).toHaveLength(1)
    expect(finished[0]?.html).not.toContain('data-pending')
  })

  test('its own requests are not recorded', async ({ provider, read, providerLog }) => {
    await read()
    await read('?after=0')
    await decode(provider, 'x')
    await fetch(`${provider.origin}/dev/switches`)

    expect(provider.requests).toEqual([])
    expect(providerLog).toEqual([])
  })

  test('keeps the last 200 requests, and nothing after reset', async ({ provider, read }) => {
    for (let index = 0; index < 210; index++) await fetch(`${provider.origin}/path-${index}`)
    const html = await read()
    expect(entries(html)).toHaveLength(200)
    expect(html).toContain('/path-209')
    expect(html).not.toContain('/path-9<')

    provider.reset()
    expect(await read()).toContain('Your apps did not send a request yet')
  })

  test('shows the logout token of an app, and a failure of the app', async ({ provider, read }) => {
    provider.register({ backChannelLogoutUri: 'http://localhost:1/logout' })
    const { search } = authorizeUrl(provider)
    await provider.signIn(`${provider.oidcAuthority}/authorize${search}`, { as: 'alex' })
    await provider.signOut()
    const [entry = ''] = entries(await read('?only=failed'))

    expect(entry).toContain('The app did not respond: ')
    expect(entry).toContain('<code>logout_token</code>: logout token for My web app')
  })

  test('marks tokens that a hook changed', async ({ provider, read }) => {
    provider.tamper = {
      idToken: (claims, sign) => sign(claims, { alg: 'none' }),
      accessToken: () => 'not a JWT',
    }
    await getTokens(provider)
    const html = await read('?endpoint=Token')

    expect(html).toContain('changed by a hook or signed with another key')
    expect(html).not.toContain('<code>access_token</code>')
  })

  test('escapes everything that a client sends', async ({ provider, read }) => {
    const evil = '"><img src=x onerror=alert(1)>'
    await fetch(
      `${provider.origin}/${encodeURI('<b>path')}?${new URLSearchParams({ [evil]: evil, client_id: evil })}`,
    )
    await requestToken(provider, { grant_type: evil })
    const token = await provider.accessToken({ as: 'alex', claims: { [evil]: evil } })
    await fetch(provider.graphMe, { headers: { authorization: `Bearer ${token}` } })
    const html = (await read()) + (await (await decode(provider, token)).text())

    expect(html).not.toContain('<img')
    expect(html).toContain('&lt;img')
  })
})

describe('the decoder', () => {
  const OWN = [
    'This provider signed the token',
    'This is an access token',
    'The token is for Todo API',
  ]

  test('accepts a good token, also with the prefix and line breaks', async ({
    provider,
    verdict,
  }) => {
    const token = await provider.accessToken({ as: 'robin', scopes: ['Todos.Read'] })
    for (const pasted of [
      token,
      `Authorization: Bearer ${token}`,
      ` ${token.slice(0, 50)}\n${token.slice(50)} `,
      `"${token}"`,
    ]) {
      const text = await verdict(pasted)
      expect(text).toContain('The API of this audience accepts this token.')
      for (const part of OWN) expect(text).toContain(part)
      expect(text).toContain('The scopes are Todos.Read.')
    }
  })

  test('accepts app-only tokens and tokens of each issuer', async ({ provider, verdict }) => {
    for (const request of [
      {},
      { as: 'mia' },
      { as: 'charlie' },
      { as: 'alex', authority: 'adfs' },
      { as: 'nora', authority: 'contosocustomers.onmicrosoft.com' },
    ]) {
      expect(await verdict(await provider.accessToken(request))).toContain(
        'The API of this audience accepts this token.',
      )
    }
  })

  const fresh = { as: 'alex', scopes: ['Todos.Read'] }

  test.for<[string, (provider: DevProvider) => Promise<string>, RegExp]>([
    [
      'an expired token',
      (p) => p.accessToken({ ...fresh, expiresIn: -60 }),
      /expired 1 min ago\. Request a new token/,
    ],
    [
      'a token of tomorrow',
      (p) => p.accessToken({ ...fresh, claims: { nbf: 4_000_000_000 } }),
      /becomes valid in .*clockOffsetSeconds/,
    ],
    [
      'a token of an attacker',
      (p) => p.accessToken({ ...fresh, key: 'stranger' }),
      /signature does not match/,
    ],
    [
      'a token signed with the public key',
      (p) => p.accessToken({ ...fresh, header: { alg: 'HS256' } }),
      /signature does not match/,
    ],
    [
      'an unsigned token',
      (p) => p.accessToken({ ...fresh, header: { alg: 'none' } }),
      /is not signed/,
    ],
    [
      'a token of another key',
      (p) => p.accessToken({ ...fresh, header: { kid: 'other' } }),
      /does not publish the key of the token/,
    ],
    [
      'another issuer',
      (p) =>
        p.accessToken({ ...fresh, claims: { iss: 'https://login.microsoftonline.com/x/v2.0' } }),
      /not an issuer of this provider/,
    ],
    [
      'no issuer',
      (p) => p.accessToken({ ...fresh, claims: { iss: undefined } }),
      /issuer \(iss\) is missing/,
    ],
    [
      'an unknown audience',
      (p) => p.accessToken({ ...fresh, claims: { aud: 'x' } }),
      /does not contain an API with the audience x/,
    ],
    [
      'no expiry',
      (p) => p.accessToken({ ...fresh, claims: { exp: undefined } }),
      /expiry \(exp\) is missing/,
    ],
    [
      'no permissions',
      (p) => p.accessToken({ ...fresh, claims: { scp: undefined } }),
      /does not contain scp or roles/,
    ],
    ['a logout token', (p) => p.logoutToken({ as: 'alex' }), /This is a logout token/],
    [
      'an ID token',
      async (p) => (await getTokens(p)).id_token ?? '',
      /This is an ID token for My web app\. An API must reject it/,
    ],
    [
      'a Graph token',
      async (p) => (await getTokens(p, { scope: 'openid User.Read' })).access_token ?? '',
      /is for Microsoft Graph/,
    ],
  ])('says what is wrong with %s', async ([_name, create, reason], { provider, verdict }) => {
    const text = await verdict(await create(provider))

    expect(text).toContain('An API must reject this token.')
    expect(text).toMatch(reason)
  })

  test('notices a changed claim', async ({ provider, verdict }) => {
    const [head, body = '', signature] = (await provider.accessToken(fresh)).split('.')
    const claims = { ...decodeJwt(`${head}.${body}.`), scp: 'Everything' }
    const changed = Buffer.from(JSON.stringify(claims)).toString('base64url')

    expect(await verdict(`${head}.${changed}.${signature}`)).toContain(
      'The signature does not match the token',
    )
  })

  test('knows tokens of replaced keys', async ({ provider, verdict }) => {
    const token = await provider.accessToken(fresh)
    await provider.rollKeys({ keepOld: false })

    expect(await verdict(token)).toContain('or the keys were replaced')
  })

  test.for(['x', 'a.b', 'a.b.c', 'a.b.c.d.e', '..', 'W10.W10.x', '<script>'])(
    '%s is not a JWT',
    async (text, { verdict }) => {
      expect(await verdict(text)).toContain('This is not a JWT')
    },
  )

  test('names the kind of a logout token', async ({ provider, verdict }) => {
    const text = await verdict(await provider.logoutToken({ as: 'alex' }))

    expect(text).toContain('Kind of token: logout token for My web app')
  })

  test('explains a time in the past and a time in the future', async ({ provider, verdict }) => {
    const expired = await verdict(await provider.accessToken({ ...fresh, expiresIn: -60 }))
    const early = await verdict(
      await provider.accessToken({ ...fresh, claims: { nbf: 4_000_000_000 } }),
    )

    expect(expired).toContain('The token expired 1 min ago.')
    expect(expired).not.toContain('The token expires')
    expect(early.match(/The token becomes valid in .* days\./g)).not.toBeNull()
    expect(early).toMatch(/The token expires in 59 min\.|The token expires in 1 h\./)
  })

  test('does not store or repeat the token', async ({ provider, read }) => {
    const token = await provider.accessToken(fresh)
    const html = await (await decode(provider, token)).text()

    expect(html).not.toContain(token)
    expect(entries(await read())).toEqual([])
  })
})

describe('attacks on the page of requests', () => {
  test.for([
    ['a form of another site', { origin: 'https://evil.example' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['a cross-site form with a forged Origin', { 'sec-fetch-site': 'cross-site' }],
  ] as const)('%s cannot decode a token', async ([_name, headers], { provider }) => {
    const response = await decode(provider, await provider.accessToken(), headers)

    expect(response.status).toBe(403)
    expect(await response.text()).not.toContain('Claims')
  })

  test('a script or an image of another site does not get the requests', async ({ provider }) => {
    await getTokens(provider)
    const load = (path: string, site: string, mode: string) => {
      const { hostname, port } = new URL(provider.origin)
      const headers = { 'sec-fetch-site': site, 'sec-fetch-mode': mode }
      return new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
        get({ hostname, port, path, headers }, (response) => {
          textOf(response).then((body) => resolve({ status: response.statusCode, body }), reject)
        }).on('error', reject)
      })
    }
    for (const path of ['/dev/requests', '/dev/requests?after=0']) {
      for (const site of ['cross-site', 'same-site']) {
        for (const mode of ['no-cors', 'cors']) {
          const { status, body } = await load(path, site, mode)
          expect(status).toBe(403)
          expect(body).not.toContain('authorization_code')
        }
        expect((await load(path, site, 'navigate')).status).toBe(200)
      }
      expect((await load(path, 'same-origin', 'cors')).status).toBe(200)
    }
  })

  test('other sites cannot frame or embed the read, or read it', async ({ provider }) => {
    const { headers } = await fetch(`${provider.origin}/dev/requests`)

    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
  })
})

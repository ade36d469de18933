import { generateKeyPair } from 'jose'
import { startDevProvider } from '../src/index.js'
import { authorizeUrl, claimsOf, getCode, getTokens, redeem, requestToken } from './support/flow.js'
import { describe, expect, test as base } from './support/fixtures.js'

const test = base.extend(
  'metadata',
  ({ provider }) =>
    (init?: RequestInit) =>
      fetch(`${provider.authority()}/v2.0/.well-known/openid-configuration`, init),
)

describe('faults', () => {
  test('a status fault affects as many requests as times says', async ({ provider, metadata }) => {
    const fault = { kind: 'status', status: 503, retryAfter: '7', body: 'busy', times: 2 } as const
    for (let round = 0; round < 2; round++) {
      provider.behave({ faults: { metadata: fault } })
      const replies = [await metadata(), await metadata(), await metadata()]

      expect(replies.map((reply) => reply.status)).toEqual([503, 503, 200])
      expect(replies[0]?.headers.get('retry-after')).toBe('7')
      expect(await replies[0]?.text()).toBe('busy')
    }
  })

  test('html replaces a JSON response', async ({ provider }) => {
    provider.behave({ faults: { keys: { kind: 'html' } } })
    const response = await fetch(`${provider.authority()}/discovery/v2.0/keys`)

    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toContain('text/html')
  })

  test('hang does not respond until the client gives up', async ({ provider, metadata }) => {
    provider.behave({ faults: { metadata: { kind: 'hang' } } })

    await expect(metadata({ signal: AbortSignal.timeout(100) })).rejects.toThrow(/timeout/)
    expect(provider.requests.at(-1)).not.toHaveProperty('status')
  })

  test('close() closes sockets that hang', async () => {
    const other = await startDevProvider({ behaviour: { faults: { metadata: { kind: 'hang' } } } })
    const request = fetch(`${other.authority()}/v2.0/.well-known/openid-configuration`)
    await Promise.all([expect(request).rejects.toThrow(/fetch failed/), closeSoon()])

    async function closeSoon() {
      while (other.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
      await other.close()
    }
  })

  test('slow responds later, and correctly', async ({ provider, metadata }) => {
    provider.behave({ faults: { metadata: { kind: 'slow', ms: 60 } } })
    const start = performance.now()

    expect((await metadata()).status).toBe(200)
    expect(performance.now() - start).toBeGreaterThan(50)
  })

  test('huge is JSON of the given size', async ({ provider, metadata }) => {
    provider.behave({ faults: { metadata: { kind: 'huge', bytes: 2_000_000 } } })

    expect((await (await metadata()).arrayBuffer()).byteLength).toBeGreaterThan(2_000_000)
  })

  test('drop closes the socket', async ({ provider }) => {
    provider.behave({ faults: { token: { kind: 'drop', times: 1 } } })
    const code = await getCode(provider)

    await expect(redeem(provider, code)).rejects.toThrow(/fetch failed/)
    expect((await redeem(provider, code)).status).toBe(200)
  })

  test('an error has the given members, with any status', async ({ provider }) => {
    const claims = '{"access_token":{}}'
    provider.behave({
      faults: {
        token: {
          kind: 'error',
          error: 'interaction_required',
          status: 200,
          description: 'More is needed.',
          suberror: 'basic_action',
          codes: [50076, 50079],
          claims,
        },
      },
    })
    const { status, body } = await requestToken(provider, {})

    expect(status).toBe(200)
    expect(body).toMatchObject({
      error: 'interaction_required',
      suberror: 'basic_action',
      error_codes: [50076, 50079],
      claims,
    })
    expect(body.error_description).toMatch(/^AADSTS50076: More is needed\. Trace ID/)
  })

  test('an error at authorize is sent with the redirect', async ({ provider }) => {
    provider.behave({
      faults: { authorize: { kind: 'error', error: 'temporarily_unavailable', codes: [90033] } },
    })
    const { url } = await provider.signIn(authorizeUrl(provider))

    expect(url.searchParams.get('error')).toBe('temporarily_unavailable')
    expect(url.searchParams.get('state')).toBe('state-1')
  })

  test('Graph and sign-out can fail too', async ({ provider }) => {
    const fault = { kind: 'status', status: 500 } as const
    provider.behave({ faults: { graph: fault, logout: fault } })

    expect((await fetch(provider.graphMe)).status).toBe(500)
    expect((await fetch(`${provider.authority()}/oauth2/v2.0/logout`)).status).toBe(500)
  })
})

describe('tampering', () => {
  test('changes metadata, keys, redirects and token responses', async ({ provider, metadata }) => {
    provider.tamper = {
      metadata: (document, tenant) => ({ ...document, issuer: `https://evil.example/${tenant}` }),
      jwks: () => ({ keys: [] }),
      authorizationResponse: (params) => params.set('state', 'other'),
      tokenResponse: (body, grantType) => ({ ...body, token_type: grantType }),
    }

    expect(await (await metadata()).json()).toMatchObject({
      issuer: `https://evil.example/${provider.config.tenants[0]!.id}`,
    })
    const keys = await fetch(`${provider.authority()}/discovery/v2.0/keys`)
    expect(await keys.json()).toEqual({ keys: [] })
    const { url } = await provider.signIn(authorizeUrl(provider))
    expect(url.searchParams.get('state')).toBe('other')
    const { body } = await redeem(provider, url.searchParams.get('code') ?? '')
    expect(body['token_type']).toBe('authorization_code')
  })

  test('replaces the authorization response as a whole', async ({ provider }) => {
    provider.tamper = { authorizationResponse: () => new URLSearchParams({ code: 'forged' }) }
    const { url } = await provider.signIn(authorizeUrl(provider))

    expect(url.search).toBe('?code=forged')
  })

  test('signs changed claims, with another header, another key or no signature', async ({
    provider,
  }) => {
    const { privateKey } = await generateKeyPair('RS256')
    const secret = new Uint8Array(32)
    const tokenOf = async () => (await getTokens(provider)).id_token

    provider.tamper = { idToken: (claims, sign) => sign({ ...claims, nonce: 'other' }) }
    expect(claimsOf(await tokenOf())['nonce']).toBe('other')
    provider.tamper = { idToken: (claims, sign) => sign(claims, {}, privateKey) }
    expect(claimsOf(await tokenOf())['nonce']).toBe('nonce-1')
    provider.tamper = { idToken: (claims, sign) => sign(claims, { alg: 'HS256' }, secret) }
    expect(headerOf(await tokenOf())['alg']).toBe('HS256')
    provider.tamper = { idToken: (claims, sign) => sign(claims, { alg: 'none' }) }
    expect(await tokenOf()).toMatch(/\.$/)
    provider.tamper = { idToken: () => undefined }
    expect(await tokenOf()).toBeUndefined()
  })

  test('a hook that throws causes an internal error without its message', async ({
    provider,
    providerLog,
    metadata,
  }) => {
    provider.tamper = {
      metadata: () => {
        throw new RangeError('secret text')
      },
    }
    providerLog.length = 0
    const response = await metadata()

    expect(response.status).toBe(500)
    expect(await response.json()).toEqual({ error: 'server_error' })
    expect(providerLog).toEqual(['internal error: RangeError'])
  })

  const headerOf = (token = ''): Record<string, unknown> =>
    JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as Record<
      string,
      unknown
    >
})

describe('the list of requests', () => {
  test('contains endpoint, grant and status', async ({ metadata, provider }) => {
    await metadata()
    await getTokens(provider)

    expect(provider.requests.map(({ endpoint, status }) => `${endpoint} ${status}`)).toEqual([
      'metadata 200',
      'authorize 200',
      'interaction 200',
      'interaction 302',
      'token 200',
    ])
    expect(provider.requests.at(-1)).toMatchObject({
      method: 'POST',
      grantType: 'authorization_code',
      params: { client_id: provider.app.clientId, code: '(hidden)', client_secret: '(hidden)' },
    })
  })

  test('does not contain secrets, and neither does the log', async ({ providerLog, provider }) => {
    providerLog.length = 0
    const tokens = await getTokens(provider)
    const texts = [JSON.stringify(provider.requests), providerLog.join('\n')]

    for (const text of texts) {
      expect(text).not.toContain(provider.app.clientSecret)
      expect(text).not.toContain(tokens.refresh_token)
    }
    expect(providerLog.at(-1)).toMatch(/^POST \/\S+\/token 200 authorization_code$/)
    expect(providerLog.join()).not.toContain('?')
  })
})

test('reset restores the state after the start', async ({ provider }) => {
  const tokens = await getTokens(provider, { scope: 'openid offline_access User.Read' })
  provider.behave({ reuseDetection: true, faults: { metadata: { kind: 'drop' } } })
  provider.tamper = { jwks: () => ({ keys: [] }) }
  provider.reset()

  expect(provider.behaviour).toMatchObject({ reuseDetection: false, faults: {} })
  expect(provider.tamper).toEqual({})
  expect(provider.requests).toHaveLength(0)
  const { body } = await requestToken(provider, {
    grant_type: 'refresh_token',
    refresh_token: tokens.refresh_token ?? '',
  })
  expect(body).toMatchObject({ error: 'invalid_grant' })
})

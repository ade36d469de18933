import type { ApiAuthOptions } from 'identity-web/express'
import { createClientCertificate } from 'identity-web-dev'
import { decodeJwt } from 'jose'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { failureOf, type ProtectedApi } from '../support/protected-api.ts'
import { appsWithThings, THINGS, THINGS_ID } from '../support/things.ts'

const SCOPE = `${THINGS}/.default`

const certificate = createClientCertificate('todos')
const test = base
  .extend('providerOptions', {
    config: {
      apps: appsWithThings({
        todos: { certificates: [certificate.cert], appPermissions: [`${THINGS}/Things.Read.All`] },
        things: { appRoles: ['Things.Read.All'] },
      }),
    },
  })
  .extend(
    'open',
    ({ openApi }) =>
      (options: ApiAuthOptions = {}): Promise<ProtectedApi> =>
        openApi(options, () => undefined),
  )
  .extend(
    'requests',
    ({ provider }) =>
      () =>
        provider.requests.filter(({ endpoint }) => endpoint === 'token'),
  )

describe('an app-only token of an API', () => {
  test('is for the other API and has no user', async ({ open, provider }) => {
    const { api } = await open()
    const result = await api.getTokenForClient(SCOPE)

    expect(result).toMatchObject({ tokenType: 'Bearer' })
    expect(result.expiresInSeconds).toBeGreaterThan(3590)
    const claims = decodeJwt(result.accessToken)
    expect(claims).toMatchObject({
      aud: THINGS_ID,
      azp: provider.api.clientId,
      roles: ['Things.Read.All'],
    })
    expect(claims['oid']).toBe(claims.sub)
    expect(claims).not.toHaveProperty('scp')
  })

  test('is requested with a certificate as well', async ({ open }) => {
    const { api } = await open({
      clientCredential: { certificate: certificate.cert, privateKey: certificate.key },
    })

    expect(decodeJwt((await api.getTokenForClient([SCOPE])).accessToken)['azpacr']).toBe('2')
  })

  test('is cached and refreshed shortly before it expires', async ({ open, clock, requests }) => {
    const { api } = await open()
    const first = await api.getTokenForClient(SCOPE)
    clock.advance(3290)
    expect((await api.getTokenForClient([SCOPE])).accessToken).toBe(first.accessToken)
    expect(requests()).toHaveLength(1)

    clock.advance(20)
    const second = await api.getTokenForClient(SCOPE)
    expect(second.accessToken).not.toBe(first.accessToken)
    expect(second.expiresInSeconds).toBeGreaterThan(3590)
    expect(requests()).toHaveLength(2)
  })

  test('is requested once for many calls at a time', async ({ open, provider, requests }) => {
    const { api } = await open()
    provider.behave({ faults: { token: { kind: 'slow', ms: 50 } } })
    const results = await Promise.all(
      Array.from({ length: 50 }, () => api.getTokenForClient(SCOPE)),
    )

    expect(new Set(results.map(({ accessToken }) => accessToken)).size).toBe(1)
    expect(requests()).toHaveLength(1)
  })

  test('is different for each API', async ({ open }) => {
    const { api } = await open()
    const [things, graph] = await Promise.all([
      api.getTokenForClient(SCOPE),
      api.getTokenForClient('https://graph.microsoft.com/.default'),
    ])

    expect(decodeJwt(things.accessToken).aud).toBe(THINGS_ID)
    expect(decodeJwt(graph.accessToken).aud).toBe('https://graph.microsoft.com')
    expect((await api.getTokenForClient(SCOPE)).accessToken).toBe(things.accessToken)
  })

  test('is different for scopes that differ only in case, except at Microsoft', async ({
    open,
    provider,
    requests,
  }) => {
    for (const [options, count] of [
      [{}, 1],
      [{ authority: undefined, oidcAuthority: provider.oidcAuthority }, 2],
    ] as const) {
      const { api } = await open(options)
      const before = requests().length
      const scopes = count === 1 ? [SCOPE, SCOPE.toUpperCase()] : ['things:read', 'things:READ']
      for (const scope of scopes) await api.getTokenForClient(scope)
      expect(requests().length - before).toBe(count)
    }
  })

  test('is used during an outage of the provider while it is valid', async ({
    open,
    provider,
    clock,
  }) => {
    const { api } = await open()
    const { accessToken } = await api.getTokenForClient(SCOPE)
    provider.behave({ faults: { token: { kind: 'status', status: 503 } } })
    clock.advance(3400)
    expect((await api.getTokenForClient(SCOPE)).accessToken).toBe(accessToken)

    clock.advance(201)
    expect(await failureOf(api.getTokenForClient(SCOPE))).toBe('provider_unavailable')
    provider.behave({ faults: {} })
    await api.getTokenForClient(SCOPE)
  })

  test('that is rejected is an error for the operator and never for a user', async ({
    open,
    provider,
  }) => {
    const { api } = await open()
    for (const error of ['invalid_grant', 'interaction_required', 'invalid_client']) {
      provider.behave({ faults: { token: { kind: 'error', error } } })
      expect(await failureOf(api.getTokenForClient(SCOPE))).toBe('provider_error')
    }
  })

  test('in a handler does not show its rejection to the client', async ({ openApi, provider }) => {
    const api = await openApi({}, (express, auth) => {
      express.get(
        '/',
        auth.authorizationRequired(async () => {
          await auth.getTokenForClient(SCOPE)
        }),
      )
      express.use(auth.errorHandler)
    })
    provider.behave({ faults: { token: { kind: 'error', error: 'interaction_required' } } })
    const answer = await api.call('/', await provider.accessToken({ as: 'alex' }))

    expect(answer).toMatchObject({ status: 502, challenge: undefined })
    expect(answer.body).toMatchObject({ failed: 'provider_error' })
  })

  test('is not available for an authority of many tenants, without a credential, or for two APIs', async ({
    provider,
    open,
    requests,
  }) => {
    for (const [options, scopes] of [
      [{ authority: provider.authority('common') }, SCOPE],
      [{ authority: provider.authority('organizations') }, SCOPE],
      [{ clientCredential: undefined }, SCOPE],
      [{}, `${SCOPE} https://graph.microsoft.com/.default`],
    ] as const) {
      const { api } = await open(options)
      expect(await failureOf(api.getTokenForClient(scopes))).toBe('configuration')
    }
    expect(requests()).toEqual([])
  })

  test('without a credential causes an error that names the missing option', async ({ open }) => {
    const { api } = await open({ clientCredential: undefined })

    await expect(api.getTokenForClient(SCOPE)).rejects.toThrow(
      'Set Auth({ clientCredential }) or IDENTITY_CLIENT_SECRET',
    )
  })

  test('for many tenants causes an error that suggests a second ApiAuth', async ({
    open,
    provider,
  }) => {
    const { api } = await open({ authority: provider.authority('common') })

    await expect(api.getTokenForClient(SCOPE)).rejects.toThrow('Create a second instance')
  })

  test('with wrong options causes an error that lists them', async ({ open }) => {
    const { api } = await open({ clientId: '' })

    expect(await failureOf(api.getTokenForClient(SCOPE))).toBe('configuration')
  })
})

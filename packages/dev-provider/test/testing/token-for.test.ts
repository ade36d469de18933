import { createServer } from 'node:http'
import express from 'express'
import { ApiAuth } from 'identity-web/express'
import { tokenFor, type TestToken, type TokenOptions } from 'identity-web-dev/testing'
import { close, listen } from '../../../identity-web/test/support/server.js'
import { describe, expect, test as base, vi } from '../support/fixtures.js'
import { claimsOf } from '../support/flow.js'

const test = base.extend('api', async ({ provider }, { onCleanup }) => {
  const app = express()
  const api = new ApiAuth(app, {
    authority: provider.authority(),
    clientId: provider.api.clientId,
    audience: provider.api.idUri,
    logger: false,
  })
  const requirement = { scopes: ['Todos.Read'], appPermissions: ['Todos.Read.All'] }
  app.get(
    '/todos',
    api.authorizationRequired(requirement, (_req, res) => void res.json('ok')),
  )
  const server = createServer(app)
  const origin = await listen(server)
  onCleanup(() => close(server))
  const call = async (token?: TestToken) => (await fetch(`${origin}/todos`, token)).status
  return { api, call }
})

describe('tokenFor', () => {
  test('creates the token of a user and of an application', async ({ api: { api, call } }) => {
    const user = await tokenFor(api, { as: 'alex', scopes: ['Todos.Read'] })
    const app = await tokenFor(api, { roles: ['Todos.Read.All'] })

    expect([await call(), await call(user), await call(app)]).toEqual([401, 200, 200])
    expect(String(user)).toBe(user.accessToken)
    expect(claimsOf(user.accessToken)).toMatchObject({ name: 'Alex Rivera', scp: 'Todos.Read' })
  })

  test('creates invalid tokens', async ({ api: { api, call } }) => {
    const statuses = await Promise.all(
      [
        { as: 'alex', scopes: ['Todos.ReadWrite'] },
        { as: 'alex', expiresIn: -120 },
        { as: 'alex', key: 'stranger' as const },
        { as: 'alex', claims: { aud: 'another-api' } },
        { as: 'alex', claims: { scp: undefined } },
      ].map(async (options) => call(await tokenFor(api, options))),
    )

    expect(statuses).toEqual([403, 401, 401, 401, 401])
  })

  test('takes the settings of an API in another process', async ({ api, provider }) => {
    const settings = { audience: provider.api.clientId, authority: provider.authority() }

    expect(await api.call(await tokenFor(settings, { as: 'robin', scopes: ['Todos.Read'] }))).toBe(
      200,
    )
  })

  test('creates the token of one of several issuers', async ({ provider }) => {
    const audience = provider.api.idUri
    const api = new ApiAuth({
      issuers: {
        workforce: { authority: provider.authority(), clientId: provider.api.clientId, audience },
        plain: { oidcAuthority: provider.oidcAuthority, audience: 'https://api.example' },
      },
      logger: false,
    })
    const issuerOf = async (options: TokenOptions<'workforce' | 'plain'>): Promise<unknown> => {
      const { accessToken } = await tokenFor(api, { as: 'alex', ...options })
      const { iss, aud } = claimsOf(accessToken)
      return [iss, aud]
    }

    const ofFirst = [`${provider.authority()}/v2.0`, provider.api.clientId]
    expect(await issuerOf({})).toEqual(ofFirst)
    expect(await issuerOf({ issuer: 'workforce' })).toEqual(ofFirst)
    expect(await issuerOf({ issuer: 'plain' })).toEqual([
      provider.oidcAuthority,
      'https://api.example',
    ])
    // @ts-expect-error -- the API does not have this issuer
    await expect(tokenFor(api, { issuer: 'partners' })).rejects.toThrow(
      "tokenFor received the issuer 'partners', but the option issuers of the API contains workforce, plain.",
    )
  })

  test('needs an API with the option issuers for an issuer', async ({ api: { api }, provider }) => {
    const settings = { audience: provider.api.clientId, authority: provider.authority() }

    for (const other of [api, settings]) {
      await expect(tokenFor(other, { issuer: 'workforce' })).rejects.toThrow(
        "tokenFor received the issuer 'workforce', but the API does not have the option issuers. Remove the issuer.",
      )
    }
  })

  test('works with every kind of authority', async ({ provider }) => {
    const token = await tokenFor(
      { audience: 'https://api.example', authority: provider.oidcAuthority },
      { as: 'alex', scopes: ['read'] },
    )

    expect(claimsOf(token.accessToken)).toMatchObject({ aud: 'https://api.example', scope: 'read' })
  })

  test('needs a provider, because the API fetches its keys', async () => {
    const settings = { audience: 'api', authority: 'https://login.microsoftonline.com/contoso' }

    await expect(tokenFor(settings, { as: 'alex' })).rejects.toThrow(
      'is not an authority of a running development provider',
    )
  })

  test('names the accounts', async ({ api: { api } }) => {
    await expect(tokenFor(api, { as: 'nobody' })).rejects.toThrow(/'nobody'.*alex@contoso/)
  })

  test('rejects an object that is not an API', async () => {
    await expect(tokenFor({} as never)).rejects.toThrow('is not an API')
  })

  test('is not available in production', async ({ api: { api }, provider }) => {
    vi.stubEnv('NODE_ENV', 'production')

    const settings = { audience: provider.api.idUri, authority: provider.authority() }

    await expect(tokenFor(api, { as: 'alex' })).rejects.toThrow('NODE_ENV is "production"')
    await expect(tokenFor(settings, { as: 'alex' })).rejects.toThrow('NODE_ENV is "production"')
  })
})

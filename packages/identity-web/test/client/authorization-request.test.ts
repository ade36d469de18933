import * as openid from 'openid-client'
import { expect, test } from '../support/fixtures.ts'
import { Browser } from '../support/browser.ts'
import { oidcAuthority } from '../../src/authority/index.ts'
import { authorizationUrl } from '../../src/client/provider-urls.ts'
import { createOAuthClient } from '../../src/client/create-oauth-client.ts'

// The library builds this URL itself, so that the first redirect does not load openid-client. openid-client decides what
// is correct.

test('the authorization URL is the one that openid-client builds', async ({
  openSite,
  provider,
}) => {
  provider.tamper = {
    metadata: (document) => ({
      ...document,
      authorization_endpoint: `${String(document['authorization_endpoint'])}?p=b2c_1_susi&q=a%20b`,
    }),
  }
  const extraParams = { hint: 'ä+b & c/d?e=f', empty: '', request_uri: 'urn:example:1' }
  const site = await openSite({ extraParams })

  const { location = '' } = await new Browser().navigate(`${site.origin}/`)

  const metadata = await fetch(`${provider.authority()}/v2.0/.well-known/openid-configuration`)
  const configuration = new openid.Configuration(
    (await metadata.json()) as openid.ServerMetadata,
    provider.app.clientId,
  )
  openid.allowInsecureRequests(configuration)
  const parameters = new URL(location).searchParams
  for (const name of ['p', 'q']) parameters.delete(name)
  expect(Object.fromEntries(parameters)).toMatchObject(extraParams)
  expect(location).toBe(openid.buildAuthorizationUrl(configuration, parameters).href)
  expect(location).toContain('?p=b2c_1_susi&q=a+b&hint=')
})

const ISSUER = 'https://login.example'

/** A client of a provider with this authorization endpoint. */
function clientOf(endpoint: string): Parameters<typeof authorizationUrl>[0] {
  const metadata = {
    issuer: ISSUER,
    authorization_endpoint: endpoint,
    token_endpoint: `${ISSUER}/token`,
    jwks_uri: `${ISSUER}/keys`,
  }
  return createOAuthClient(oidcAuthority(ISSUER), {
    clientId: 'app',
    credential: undefined,
    capabilities: [],
    transport: { fetch: async () => Response.json(metadata), timeoutSeconds: 5 },
    now: () => 1000,
  })
}

const request = {
  redirectUri: 'https://app.example/redirect',
  scopes: ['openid', 'profile'],
  state: 'the-state',
  nonce: 'the-nonce',
  codeChallenge: 'the-challenge',
}

test('an endpoint keeps its own query, such as the user flow of Azure AD B2C', async () => {
  const url = await authorizationUrl(clientOf(`${ISSUER}/authorize?p=b2c_1_sign_in`), request)

  expect(url.origin + url.pathname).toBe(`${ISSUER}/authorize`)
  expect(Object.fromEntries(url.searchParams)).toEqual({
    p: 'b2c_1_sign_in',
    client_id: 'app',
    response_type: 'code',
    redirect_uri: 'https://app.example/redirect',
    scope: 'openid profile',
    state: 'the-state',
    nonce: 'the-nonce',
    code_challenge: 'the-challenge',
    code_challenge_method: 'S256',
  })
})

test('extraParams cannot change the parameters of the sign-in', async () => {
  const extraParams = { client_id: 'evil', state: 'evil', code_challenge: 'evil', resource: 'api' }
  const { searchParams } = await authorizationUrl(clientOf(`${ISSUER}/authorize`), {
    ...request,
    extraParams,
  })

  expect(searchParams.getAll('client_id')).toEqual(['app'])
  expect(searchParams.getAll('state')).toEqual(['the-state'])
  expect(searchParams.getAll('code_challenge')).toEqual(['the-challenge'])
  expect(searchParams.get('resource')).toBe('api')
})

import { ConfidentialClientApplication } from '@azure/msal-node'
import { expect, test } from 'vitest'
import { startDevProvider, type AppConfig } from '../src/index.js'
import { claimsOf, REDIRECT_URI } from './support/flow.js'
import { createNetwork } from './support/msal-network.js'
import { api, app, GRAPH, TODOS } from './support/on-behalf-of.js'

test('MSAL Node acts on behalf of a user', async () => {
  const secure = await startDevProvider({ tls: true })
  const createClient = ({ clientId, clientSecret = '' }: AppConfig) =>
    new ConfidentialClientApplication({
      auth: {
        clientId,
        clientSecret,
        authority: secure.authority(),
        knownAuthorities: [new URL(secure.origin).host],
      },
      system: { networkClient: createNetwork(secure.certificate) },
    })
  const redirectUri = REDIRECT_URI
  const web = createClient(app)
  const url = await web.getAuthCodeUrl({ scopes: [TODOS], redirectUri })
  const { url: reply } = await secure.signIn(url, { as: 'robin' })
  const { accessToken } = await web.acquireTokenByCode({
    code: reply.searchParams.get('code') ?? '',
    scopes: [TODOS],
    redirectUri,
  })

  const middle = createClient(api)
  const request = { oboAssertion: accessToken, scopes: ['User.Read'] }
  const result = await middle.acquireTokenOnBehalfOf(request)
  expect(result?.scopes).toContain('User.Read')
  expect(result?.account?.username).toBe(secure.user('robin').username)
  expect(claimsOf(result?.accessToken)).toMatchObject({ aud: GRAPH, azp: api.clientId })
  expect((await middle.acquireTokenOnBehalfOf(request))?.fromCache).toBe(true)

  await expect(
    middle.acquireTokenOnBehalfOf({ oboAssertion: accessToken, scopes: ['Mail.Read'] }),
  ).rejects.toMatchObject({ name: 'InteractionRequiredAuthError', subError: 'consent_required' })
  await secure.close()
})

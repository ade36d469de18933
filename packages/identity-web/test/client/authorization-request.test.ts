import * as openid from 'openid-client'
import { expect, test } from '../support/fixtures.ts'
import { Browser } from '../support/browser.ts'

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

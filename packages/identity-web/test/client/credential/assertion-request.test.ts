import { expect, test } from 'vitest'
import type { ClientAuth } from 'openid-client'
import { microsoftAuthority } from '../../../src/authority/recognize.ts'
import { createOAuthClient } from '../../../src/client/oauth-client.ts'
import type { ClientAssertionRequest } from '../../../src/client/credential/index.ts'
import { apply, ENDPOINT } from './request.ts'

/** What an application's own function is told when a token is asked for at an authority. */
async function toldAt(authority: string): Promise<ClientAssertionRequest | undefined> {
  let told: ClientAssertionRequest | undefined
  const client = createOAuthClient(microsoftAuthority(authority), {
    clientId: 'an-application',
    credential: (request) => {
      told = request
      return 'a.b.c'
    },
    capabilities: [],
    transport: { fetch, timeout: 1 },
    now: () => 0,
  })
  await client.authentication?.run((authenticate: ClientAuth) => apply(authenticate))
  return told
}

test('an assertion function is told client, token endpoint and tenant', async () => {
  expect(await toldAt('https://login.microsoftonline.com/contoso.onmicrosoft.com')).toEqual({
    clientId: 'an-application',
    tokenEndpoint: ENDPOINT,
    tenantId: 'contoso.onmicrosoft.com',
  })
})

test('an assertion function is told of no tenant where the authority stands for many', async () => {
  for (const tenant of ['common', 'organizations', 'consumers']) {
    // oxlint-disable-next-line no-await-in-loop
    const told = await toldAt(`https://login.microsoftonline.com/${tenant}`)
    expect(told).toEqual({ clientId: 'an-application', tokenEndpoint: ENDPOINT })
  }
})

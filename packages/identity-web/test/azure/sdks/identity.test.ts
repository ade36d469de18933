import {
  ClientCertificateCredential,
  DefaultAzureCredential,
  ManagedIdentityCredential,
  WorkloadIdentityCredential,
  type TokenCredential,
} from '@azure/identity'
import type { ClientCredential } from 'identity-web'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { expectTypeOf, vi } from 'vitest'
import { expect, test as base } from '../../support/fixtures.ts'
import { signIn } from '../../support/site.ts'

const API = 'api://todos.contoso.example/.default'

const test = base
  .extend('behaviour', { consent: 'skip', idTokenSeconds: 30 })
  /** A credential of an App Service. */
  .extend('credential', ({ provider }) => {
    vi.stubEnv('IDENTITY_ENDPOINT', provider.managedIdentity.appServiceEndpoint)
    vi.stubEnv('IDENTITY_HEADER', provider.managedIdentity.header)
    return new ManagedIdentityCredential(provider.managedIdentity.clientId)
  })

test('an application with a credential of @azure/identity signs users in, and gets an app-only token', async ({
  openSite,
  credential,
  provider,
  clock,
}) => {
  const assertions: string[] = []
  const site = await openSite({
    clientCredential: credential,
    fetch(input, init) {
      const form = new URLSearchParams(init?.body as string | undefined)
      assertions.push(...form.getAll('client_assertion'))
      return fetch(input, init)
    },
  })

  const browser = await signIn(site, provider)
  clock.advance(40)
  const page = await browser.navigate(`${site.origin}/`)
  const { accessToken } = await site.auth.getTokenForClient(API)

  expect(page.status).toBe(200)
  expect(decodeJwt(accessToken)['roles']).toEqual(['Todos.Read.All'])
  expect(assertions).toHaveLength(3)
  for (const assertion of assertions) {
    expect(decodeJwt(assertion).aud).toBe('api://AzureADTokenExchange')
    expect(decodeProtectedHeader(assertion).alg).toBe('RS256')
  }
})

test('every credential of @azure/identity is a client credential', () => {
  expectTypeOf<TokenCredential>().toExtend<ClientCredential>()
  expectTypeOf<ManagedIdentityCredential>().toExtend<ClientCredential>()
  expectTypeOf<WorkloadIdentityCredential>().toExtend<ClientCredential>()
  expectTypeOf<ClientCertificateCredential>().toExtend<ClientCredential>()
  expectTypeOf<DefaultAzureCredential>().toExtend<ClientCredential>()
})

import {
  ClientCertificateCredential,
  DefaultAzureCredential,
  ManagedIdentityCredential,
  WorkloadIdentityCredential,
  type TokenCredential,
} from '@azure/identity'
import {
  kubernetesAssertion,
  managedIdentityAssertion,
  type ClientCredential,
  type FederatedTokenCredential,
  type SingleCredential,
} from 'identity-web'
import { ApiAuth, Auth } from 'identity-web/fetch'
import { expectTypeOf, test } from 'vitest'

test('a TokenCredential of @azure/identity is a client credential', () => {
  expectTypeOf<TokenCredential>().toExtend<FederatedTokenCredential>()
  expectTypeOf<TokenCredential>().toExtend<SingleCredential>()
  expectTypeOf<ManagedIdentityCredential>().toExtend<SingleCredential>()
  expectTypeOf<WorkloadIdentityCredential>().toExtend<SingleCredential>()
  expectTypeOf<ClientCertificateCredential>().toExtend<SingleCredential>()
  expectTypeOf<DefaultAzureCredential>().toExtend<ClientCredential>()
})

test('Auth and ApiAuth accept it, alone and in a list', () => {
  const clientCredential = new ManagedIdentityCredential({ clientId: 'user-assigned' })
  new Auth({ clientCredential })
  new ApiAuth({ clientCredential: [clientCredential, 'secret'] })
})

test('an object with a simpler getToken is a client credential', () => {
  expectTypeOf({
    getToken: async (scope: string) => ({ token: scope }),
  }).toExtend<SingleCredential>()
  expectTypeOf({ getToken: async () => null }).toExtend<SingleCredential>()
})

test('other objects are not', () => {
  // @ts-expect-error a promise is missing
  new Auth({ clientCredential: { getToken: (scope: string) => scope } })
  // @ts-expect-error the token has another name
  new Auth({ clientCredential: { getToken: async () => ({ accessToken: '' }) } })
})

test('the ready-made assertions are client credentials', () => {
  expectTypeOf(kubernetesAssertion()).toExtend<SingleCredential>()
  expectTypeOf(managedIdentityAssertion()).toExtend<SingleCredential>()
})

import type { TokenCredential } from '@azure/core-auth'
import { kubernetesAssertion, managedIdentityAssertion, type ClientCredential } from 'identity-web'
import type { ApiAuthOptions, AuthOptions } from 'identity-web/fetch'
import { vaultKey, type VaultKey } from 'identity-web/vault-key'
import { expectTypeOf, test } from 'vitest'

/** The clients of Azure fit too: see azure/sdks. */
declare const tokenCredential: TokenCredential
declare function signData(algorithm: string, data: Uint8Array): Promise<{ result: Uint8Array }>

test('a TokenCredential of @azure/core-auth is a client credential', () => {
  expectTypeOf<TokenCredential>().toExtend<ClientCredential>()
})

test('Auth and ApiAuth accept a TokenCredential, alone and in a list', () => {
  expectTypeOf({ clientCredential: tokenCredential }).toExtend<AuthOptions>()
  expectTypeOf({ clientCredential: [tokenCredential, 'secret'] }).toExtend<ApiAuthOptions>()
})

test('a list accepts variables that are not set', () => {
  const { IDENTITY_CLIENT_SECRET, IDENTITY_CLIENT_SECRET_BEFORE } = process.env
  const clientCredential = [IDENTITY_CLIENT_SECRET, IDENTITY_CLIENT_SECRET_BEFORE]
  expectTypeOf({ clientCredential }).toExtend<AuthOptions>()
  expectTypeOf({ clientCredential }).toExtend<ApiAuthOptions>()
})

test('an object with a simpler getToken is a client credential', () => {
  expectTypeOf({
    getToken: async (scope: string) => ({ token: scope }),
  }).toExtend<ClientCredential>()
  expectTypeOf({ getToken: async () => null }).toExtend<ClientCredential>()
})

test('a secret can have its date, alone and in a list', () => {
  expectTypeOf({ secret: 'secret', expires: '2027-03-31' }).toExtend<ClientCredential>()
  expectTypeOf({ secret: 'secret', expires: new Date() }).toExtend<ClientCredential>()
  const old = { secret: 'old', expires: '2026-11-01' }
  const clientCredential = [{ secret: 'new', expires: '2027-03-31' }, old, 'other', undefined]
  expectTypeOf({ clientCredential }).toExtend<AuthOptions>()
  expectTypeOf({ clientCredential }).toExtend<ApiAuthOptions>()
})

test('a secret in an object needs its date', () => {
  expectTypeOf({ secret: 'secret' }).not.toExtend<ClientCredential>()
  expectTypeOf({ expires: '2027-03-31' }).not.toExtend<ClientCredential>()
  expectTypeOf({ secret: 'secret', expires: 1_806_487_200 }).not.toExtend<ClientCredential>()
  expectTypeOf({ secret: 'secret', expires: process.env['DAY'] }).not.toExtend<ClientCredential>()
})

test('other objects are not client credentials', () => {
  expectTypeOf({ getToken: (scope: string) => scope }).not.toExtend<ClientCredential>()
  expectTypeOf({ getToken: async () => ({ accessToken: '' }) }).not.toExtend<ClientCredential>()
})

test('a key in a vault is a client credential only with vaultKey()', () => {
  const key = {
    certificate: new Uint8Array(),
    sign: async (data: Uint8Array, { algorithm }: { algorithm: 'PS256' | 'RS256' }) =>
      (await signData(algorithm, data)).result,
  }
  const credential = vaultKey(key)
  expectTypeOf(credential).toExtend<ClientCredential>()
  expectTypeOf({
    clientCredential: [credential, process.env['OLD_SECRET']],
  }).toExtend<AuthOptions>()
  expectTypeOf({ clientCredential: vaultKey(async () => key) }).toExtend<ApiAuthOptions>()
  expectTypeOf(key).toExtend<VaultKey>()
  expectTypeOf({ sign: key.sign }).not.toExtend<VaultKey>()
  expectTypeOf({ ...key, sign: async () => 'signature' }).not.toExtend<VaultKey>()
  expectTypeOf({ clientCredential: key }).not.toExtend<AuthOptions>()
  expectTypeOf({ clientCredential: async () => key }).not.toExtend<AuthOptions>()
})

test('the parameters of the function in vaultKey() and of sign have types', () => {
  const clientCredential = vaultKey(async ({ tokenEndpoint }) => ({
    certificate: tokenEndpoint,
    sign: (data, { algorithm }) => {
      expectTypeOf(data).toEqualTypeOf<Uint8Array>()
      expectTypeOf(algorithm).toEqualTypeOf<'PS256' | 'RS256'>()
      return data
    },
  }))
  expectTypeOf({ clientCredential }).toExtend<AuthOptions>()
})

test('the ready-made assertions are client credentials', () => {
  expectTypeOf(kubernetesAssertion()).toExtend<ClientCredential>()
  expectTypeOf(managedIdentityAssertion()).toExtend<ClientCredential>()
})

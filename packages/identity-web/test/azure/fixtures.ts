import {
  defaultConfig,
  createClientCertificate,
  type AppConfig,
  type DevProviderConfigInput,
  type DevProviderOptions,
} from 'identity-web-dev'
import { getGlobalDispatcher, setGlobalDispatcher } from 'undici'
import { test as base } from '../support/fixtures.ts'
import {
  blobStorage,
  STORAGE,
  type Containers,
} from '../../../../examples/azure-sdk/src/stand-ins/blob-storage.ts'
import type { Caller } from '../../../../examples/azure-sdk/src/stand-ins/check-token.ts'
import { startGraph } from './services/graph.ts'
import { keyVault, VAULT } from './services/key-vault.ts'
import { startService, type ClaimsOfToken } from './services/service.ts'
import { createDispatcher } from './services/tls.ts'

const [app, todos] = defaultConfig.apps as readonly [AppConfig, AppConfig, ...AppConfig[]]

/** A service of Azure in the configuration of the provider. */
const azureService = (clientId: string, name: string, uris: readonly string[]): AppConfig => ({
  clientId,
  name,
  redirectUris: 'loopback',
  idUri: uris[0] ?? '',
  otherIdUris: uris.slice(1),
  // Services of Azure accept tokens of version 1, whose audience is the App ID URI.
  accessTokenVersion: 1,
  optionalClaims: ['acrs', 'xms_cc'],
  scopes: [{ value: 'user_impersonation', description: `Access ${name} as you` }],
})

/** The permissions of the web application and of the API. */
export const permissions = [
  'User.Read',
  `${STORAGE}/user_impersonation`,
  `${VAULT}/user_impersonation`,
]

/** A provider with Blob Storage and Key Vault. The user consents to nothing in advance. */
export const config = {
  extends: 'default',
  apps: [
    { clientId: app.clientId, permissions },
    { clientId: todos.clientId, permissions, preauthorized: [] },
    azureService('e406a681-f3d4-42a8-90b6-c2b029497af1', 'Azure Storage', [STORAGE]),
    azureService('cfa8b339-82a2-471a-a3c9-0fc0be7a4093', 'Azure Key Vault', [
      'https://vault.azure.net',
      VAULT,
    ]),
  ],
} satisfies DevProviderConfigInput

/** Each user has a container of their own, whose blob contains the name of the user. */
const containersOf = ({ name, claims }: Caller): Containers => ({
  [String(claims['oid'])]: { 'me.txt': name },
})

/** The key of the application in the vault. */
export const vaultKey = createClientCertificate('app')

const providerOptions: DevProviderOptions = { config }

/** Vitest's `test` with the stand-ins of Azure. */
export const test = base
  .extend('providerOptions', providerOptions)
  .extend('blobs', async ({ provider, clock }, { onCleanup }) => {
    const rules = { authority: provider.authority(), audience: STORAGE, now: clock.now }
    const service = await startService(rules, blobStorage(containersOf))
    onCleanup(() => service.close())
    return service
  })
  .extend('vaultKeys', () => keyVault(vaultKey.key))
  .extend('vault', async ({ provider, clock, vaultKeys }, { onCleanup }) => {
    const rules = { authority: provider.authority(), audience: VAULT, now: clock.now }
    const service = await startService(rules, vaultKeys)
    onCleanup(() => service.close())
    return service
  })
  .extend('graph', async ({ provider }, { onCleanup }) => {
    const graph = await startGraph(provider)
    const previous = getGlobalDispatcher()
    const dispatcher = createDispatcher()
    // The clients of Graph have no option for a certificate. In an application, use NODE_EXTRA_CA_CERTS.
    setGlobalDispatcher(dispatcher)
    onCleanup(async () => {
      setGlobalDispatcher(previous)
      await dispatcher.destroy()
      await graph.close()
    })
    return graph
  })
  /** The origins of all stand-ins. */
  .extend('origins', ({ blobs, vault, graph }) => ({
    blobs: blobs.origin,
    vault: vault.origin,
    graph: graph.origin,
  }))

  /**
   * Requires tokens with some claims at all services. Graph compares the claims with those of the token request, and the
   * others with the token itself.
   */
  .extend('requireClaims', ({ blobs, vault, provider }) => (claims: ClaimsOfToken): void => {
    blobs.requiredClaims = claims
    vault.requiredClaims = claims
    provider.behave({ graphClaims: JSON.stringify(claims) })
  })

/** Claims that only a new sign-in satisfies, such as another factor. */
export const STEP_UP: ClaimsOfToken = {
  access_token: { acrs: { essential: true, value: 'c1' } },
}

/** Returns claims that every token satisfies that is issued after a time in milliseconds. */
export const issuedAfter = (time: number): ClaimsOfToken => ({
  access_token: { nbf: { essential: true, value: String(Math.floor(time / 1000)) } },
})

export { describe, expect } from 'vitest'

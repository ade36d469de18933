import {
  bearerTokenAuthenticationPolicy,
  createDefaultHttpClient,
  createPipelineFromOptions,
  createPipelineRequest,
} from '@azure/core-rest-pipeline'
import type { TokenCredential } from '@azure/core-auth'
import { CryptographyClient, KeyClient } from '@azure/keyvault-keys'
import { SecretClient } from '@azure/keyvault-secrets'
import { BlobServiceClient } from '@azure/storage-blob'
import { AzureIdentityAuthenticationProvider } from '@microsoft/kiota-authentication-azure'
import { Client } from '@microsoft/microsoft-graph-client'
import { TokenCredentialAuthenticationProvider } from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js'
import { GraphRequestAdapter } from '@microsoft/msgraph-sdk'
import { createUsersServiceClient } from '@microsoft/msgraph-sdk-users'
import { constants, createPublicKey, verify } from 'node:crypto'
import { STORAGE } from '../../../../../examples/azure-sdk/src/stand-ins/blob-storage.ts'
import { GRAPH } from '../services/graph.ts'
import { VAULT } from '../services/key-vault.ts'
import { tlsOptions } from '../services/tls.ts'

/** The origins of the stand-ins. */
export interface Origins {
  readonly blobs: string
  readonly vault: string
  readonly graph: string
}

/** An SDK, and how an application calls a service with it. */
export interface Sdk {
  /** The App ID URI of the service. The SDK requests tokens for `.default` of it. */
  readonly resource: string
  /** Returns a function that calls the service with one client, and returns the name of the user whose data it gets. */
  readonly open: (origins: Origins, credential: TokenCredential) => () => Promise<string>
  /** The SDK does not read claims challenges, and throws the response 401. */
  readonly ignoresChallenges?: true
}

const toText = (bytes: Uint8Array = new Uint8Array()): string =>
  Buffer.from(bytes).toString('base64url')

/** A part of the user that Graph returns for `/me`. */
export interface GraphUser {
  readonly userPrincipalName: string
}

/** The SDKs by the names of their packages. */
export const sdks: Readonly<Record<string, Sdk>> = {
  '@azure/core-rest-pipeline': {
    resource: GRAPH,
    open({ graph }, credential) {
      const pipeline = createPipelineFromOptions({ tlsOptions })
      const scopes = `${GRAPH}/.default`
      pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes }))
      return async () => {
        const request = createPipelineRequest({ url: `${graph}/v1.0/me` })
        const { status, bodyAsText } = await pipeline.sendRequest(
          createDefaultHttpClient(),
          request,
        )
        if (status !== 200) throw new Error(`Graph responded with ${status}.`)
        return (JSON.parse(bodyAsText ?? '') as GraphUser).userPrincipalName
      }
    },
  },
  '@azure/storage-blob': {
    resource: STORAGE,
    open({ blobs }, credential) {
      // The type of the options does not contain all options that the client passes to its pipeline.
      const service = new BlobServiceClient(blobs, credential, { tlsOptions } as object)
      return async () => {
        for await (const { name } of service.listContainers()) {
          const container = service.getContainerClient(name)
          for await (const blob of container.listBlobsFlat()) {
            return (await container.getBlobClient(blob.name).downloadToBuffer()).toString()
          }
        }
        return 'no container'
      }
    },
  },
  '@azure/keyvault-secrets': {
    resource: VAULT,
    open({ vault }, credential) {
      const client = new SecretClient(vault, credential, { tlsOptions })
      return async () => (await client.getSecret('me')).value ?? ''
    },
  },
  '@azure/keyvault-keys': {
    resource: VAULT,
    open({ vault }, credential) {
      const client = new KeyClient(vault, credential, { tlsOptions })
      return async () => {
        const key = await client.getKey('app')
        const cryptography = new CryptographyClient(key, credential, { tlsOptions })
        const data = Buffer.from('data')
        const { result } = await cryptography.signData('PS256', data)
        // Its `verifyData` checks PS256 as if it were RS256.
        const publicKey = createPublicKey({
          key: { kty: 'RSA', n: toText(key.key?.n), e: toText(key.key?.e) },
          format: 'jwk',
        })
        const padding = constants.RSA_PKCS1_PSS_PADDING
        const isValid = verify('sha256', data, { key: publicKey, padding }, result)
        return isValid ? (key.properties.tags?.['caller'] ?? '') : 'wrong signature'
      }
    },
  },
  '@microsoft/microsoft-graph-client': {
    resource: GRAPH,
    ignoresChallenges: true,
    open({ graph }, credential) {
      const scopes = [`${GRAPH}/.default`]
      const client = Client.initWithMiddleware({
        authProvider: new TokenCredentialAuthenticationProvider(credential, { scopes }),
        baseUrl: graph,
        customHosts: new Set([new URL(graph).hostname]),
      })
      return async () => ((await client.api('/me').get()) as GraphUser).userPrincipalName
    },
  },
  '@microsoft/msgraph-sdk': {
    resource: GRAPH,
    open({ graph }, credential) {
      // The hosts of Graph are the default. Without scopes, the SDK requests `.default` of the host of the URL.
      const hosts = new Set([new URL(graph).hostname])
      const scopes = [`${GRAPH}/.default`]
      const adapter = new GraphRequestAdapter(
        new AzureIdentityAuthenticationProvider(credential, scopes, undefined, hosts),
      )
      adapter.baseUrl = `${graph}/v1.0`
      const client = createUsersServiceClient(adapter)
      return async () => (await client.me.get())?.userPrincipalName ?? ''
    },
  },
}

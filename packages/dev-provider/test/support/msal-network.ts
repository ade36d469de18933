import { request } from 'node:https'
import {
  ConfidentialClientApplication,
  type INetworkModule,
  type NetworkRequestOptions,
  type NetworkResponse,
  type NodeAuthOptions,
} from '@azure/msal-node'
import type { DevProvider } from '../../src/index.js'

/**
 * Creates a network client for MSAL that trusts one more certificate, because MSAL requires https.
 */
export function createNetwork(ca: string | undefined): INetworkModule {
  const send = <T>(
    method: string,
    url: string,
    options: NetworkRequestOptions = {},
  ): Promise<NetworkResponse<T>> =>
    new Promise((resolve, reject) => {
      const outgoing = request(url, { method, ca, headers: options.headers }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          const body = JSON.parse(Buffer.concat(chunks).toString()) as T
          const headers = Object.fromEntries(
            Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
          )
          resolve({ headers, body, status: response.statusCode ?? 0 })
        })
      })
      outgoing.on('error', reject).end(options.body)
    })
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  }
}

/** Creates a client of MSAL for the default app at a provider, with changes. */
export function createMsalClient(
  provider: DevProvider,
  changes: Partial<NodeAuthOptions>,
): ConfidentialClientApplication {
  return new ConfidentialClientApplication({
    auth: {
      clientId: provider.app.clientId,
      authority: provider.authority(),
      knownAuthorities: [new URL(provider.origin).host],
      ...changes,
    },
    system: { networkClient: createNetwork(provider.certificate) },
  })
}

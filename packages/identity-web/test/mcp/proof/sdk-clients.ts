import { randomUUID } from 'node:crypto'
import * as sdk1 from '@modelcontextprotocol/sdk/client/index.js'
import * as http1 from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import * as auth1 from '@modelcontextprotocol/sdk/client/auth.js'
import * as sdk2 from '@modelcontextprotocol/client'
import type { ProvenClient, RunningClient } from './proof.ts'
import { CLIENT_ID, type World } from './world.ts'

/** The part of the clients of both versions that the proof uses. */
interface Sdk {
  readonly Client: new (
    info: { name: string; version: string },
    options?: { versionNegotiation?: { mode: 'auto' } },
  ) => {
    connect(transport: never): Promise<void>
    callTool(call: { name: string; arguments: Record<string, string> }): Promise<unknown>
  }
  readonly Transport: new (
    url: URL,
    options: { authProvider: never },
  ) => { finishAuth(response: never): Promise<void> }
  readonly Unauthorized: new () => Error
  /** What `finishAuth` receives. */
  readonly toResponse: (response: URLSearchParams) => unknown
}

const SDK_1 = {
  Client: sdk1.Client,
  Transport: http1.StreamableHTTPClientTransport,
  Unauthorized: auth1.UnauthorizedError,
  toResponse: (response: URLSearchParams) => response.get('code'),
} as unknown as Sdk

const SDK_2 = {
  Client: sdk2.Client,
  Transport: sdk2.StreamableHTTPClientTransport,
  Unauthorized: sdk2.UnauthorizedError,
  toResponse: (response: URLSearchParams) => response,
} as unknown as Sdk

/** The official clients of the TypeScript SDK, by their version. */
export const SDKS = { '1': SDK_1, '2': SDK_2 } as const

export const sdkClients: readonly ProvenClient[] = [
  { name: '@modelcontextprotocol/sdk', start: async (world) => connect(SDK_1, world) },
  { name: '@modelcontextprotocol/client', start: async (world) => connect(SDK_2, world) },
]

/** @param clientId - The ID of a registered client. Without it, the client registers itself. */
export function connect(
  { Client, Transport, Unauthorized, toResponse }: Sdk,
  world: Pick<World, 'office' | 'signIn'>,
  clientId: string | null = CLIENT_ID,
): RunningClient {
  const memory = new AuthMemory(clientId)
  const open = () => new Transport(world.office, { authProvider: memory as never })
  const client = () =>
    new Client({ name: 'proof', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } })
  let transport = open()
  let current: InstanceType<Sdk['Client']> | undefined

  async function attempt<T>(act: () => Promise<T>, user: string): Promise<T> {
    try {
      return await act()
    } catch (error) {
      if (!(error instanceof Unauthorized) || memory.url === undefined) throw error
      const back = await world.signIn(memory.url.href, user)
      await transport.finishAuth(toResponse(back.searchParams) as never)
      return act()
    }
  }

  return {
    async call(name, args, user) {
      current ??= await attempt(async () => {
        transport = open()
        const started = client()
        await started.connect(transport as never)
        return started
      }, user)
      const connected = current
      const result = await attempt(() => connected.callTool({ name, arguments: args }), user)
      return JSON.stringify(result)
    },
    close: async () => undefined,
  }
}

/** An `OAuthClientProvider` that keeps everything in memory. */
class AuthMemory {
  readonly redirectUrl = 'http://localhost:61111/callback'
  readonly clientMetadata = {
    redirect_uris: [this.redirectUrl],
    client_name: 'Proof',
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
  }
  url: URL | undefined
  #client: unknown
  #tokens: unknown
  #verifier = ''
  #discovery: unknown

  constructor(clientId: string | null) {
    this.#client = clientId === null ? undefined : { client_id: clientId }
  }

  clientInformation = () => this.#client
  saveClientInformation = (client: unknown) => void (this.#client = client)
  state = () => randomUUID()
  redirectToAuthorization = (url: URL) => void (this.url = url)
  tokens = () => this.#tokens
  saveTokens = (tokens: unknown) => void (this.#tokens = tokens)
  codeVerifier = () => this.#verifier
  saveCodeVerifier = (verifier: string) => void (this.#verifier = verifier)
  discoveryState = () => this.#discovery
  saveDiscoveryState = (state: unknown) => void (this.#discovery = state)
}

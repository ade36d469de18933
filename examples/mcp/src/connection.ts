import { randomUUID } from 'node:crypto'
import {
  Client,
  StreamableHTTPClientTransport,
  UnauthorizedError,
  type CallToolResult,
  type OAuthClientProvider,
  type OAuthDiscoveryState,
  type StoredOAuthTokens,
} from '@modelcontextprotocol/client'

/** A call of a tool. */
export interface ToolCall {
  readonly name: string
  readonly arguments: Readonly<Record<string, string>>
}

/** The result of a call, or the URL where the user signs in or allows more first. */
export type Outcome = CallToolResult | URL

/** The connection of one browser to the MCP server. The official client of the TypeScript SDK does the protocol. */
export class Connection implements OAuthClientProvider {
  readonly #server: URL
  readonly #clientId: string
  readonly redirectUrl: string
  #client: Client | undefined
  #transport: StreamableHTTPClientTransport | undefined
  #tokens: StoredOAuthTokens | undefined
  #verifier = ''
  #state = ''
  #discovered: OAuthDiscoveryState | undefined
  #authorizationUrl: URL | undefined
  #call: ToolCall | undefined

  constructor(options: { server: URL; clientId: string; redirectUrl: string }) {
    this.#server = options.server
    this.#clientId = options.clientId
    this.redirectUrl = options.redirectUrl
  }

  /** The scopes that the user has allowed. */
  get scopes(): readonly string[] {
    return this.#tokens?.scope?.split(' ') ?? []
  }

  async call(call: ToolCall): Promise<Outcome> {
    this.#call = call
    try {
      this.#client ??= await this.#connect()
      return await this.#client.callTool({ ...call })
    } catch (error) {
      const url = this.#authorizationUrl
      this.#authorizationUrl = undefined
      if (error instanceof UnauthorizedError && url !== undefined) return url
      throw error
    }
  }

  /** Ends a sign-in or a step-up, and repeats the call that needed it. */
  async finish(response: URLSearchParams): Promise<Outcome> {
    if (this.#state === '' || response.get('state') !== this.#state) {
      throw new Error('The response does not belong to a sign-in of this browser.')
    }
    this.#state = ''
    const refused = response.get('error')
    if (refused !== null) throw new Error(`The sign-in ended with ${refused}.`)
    if (this.#call === undefined) throw new Error('Choose a tool first.')
    await this.#transport?.finishAuth(response)
    return this.call(this.#call)
  }

  async #connect(): Promise<Client> {
    this.#transport = new StreamableHTTPClientTransport(this.#server, { authProvider: this })
    const client = new Client(
      { name: 'office-assistant', version: '1.0.0' },
      { versionNegotiation: { mode: 'auto' } },
    )
    await client.connect(this.#transport)
    return client
  }

  // The members of OAuthClientProvider. The SDK calls them.

  readonly clientMetadata = { redirect_uris: [] as string[], client_name: 'Office assistant' }

  clientInformation() {
    // An administrator has registered the client. Entra ID does not support dynamic registration.
    return { client_id: this.#clientId }
  }

  state(): string {
    return (this.#state = randomUUID())
  }

  redirectToAuthorization(url: URL): void {
    this.#authorizationUrl = url
  }

  tokens(): StoredOAuthTokens | undefined {
    return this.#tokens
  }

  saveTokens(tokens: StoredOAuthTokens): void {
    this.#tokens = tokens
  }

  codeVerifier(): string {
    return this.#verifier
  }

  saveCodeVerifier(verifier: string): void {
    this.#verifier = verifier
  }

  discoveryState(): OAuthDiscoveryState | undefined {
    return this.#discovered
  }

  saveDiscoveryState(state: OAuthDiscoveryState): void {
    this.#discovered = state
  }

  invalidateCredentials(): void {
    this.#tokens = undefined
  }
}

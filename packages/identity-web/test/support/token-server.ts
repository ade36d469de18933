import type { SessionStore } from 'identity-web'
import type { CachedToken, SharedRequest, TokenResponse } from '../../src/client/index.ts'
import { sha256 } from '../../src/base64.ts'
import type { ClaimsRequest } from '../../src/errors.ts'
import { createEventEmitter } from '../../src/event-emitter.ts'
import type { IdentityEvent } from '../../src/events.ts'
import { createSharedTokens } from '../../src/token-cache/cache.ts'

export const TOKENS_SECRET = 'the secret of the tokens that all servers share'

/** A request for a token, with values that a test does not care about. */
export interface TokenRequest {
  readonly kind?: SharedRequest['kind']
  readonly clientId?: string
  readonly tokenEndpoint?: string
  readonly ignoresCase?: boolean
  readonly resource?: string
  readonly names?: readonly string[]
  readonly assertion?: { readonly token: string; readonly expiresAt: number } | undefined
  readonly challenge?: SharedRequest['challenge']
}

/** Returns the response of the provider to the n-th request of all servers. */
export type Respond = (
  claims: ClaimsRequest | undefined,
) => Partial<TokenResponse> | Promise<Partial<TokenResponse>>

export interface TokenServerOptions {
  readonly store: SessionStore
  /** Returns the Unix time in seconds. */
  readonly now: () => number
  readonly secrets?: readonly string[]
  readonly respond?: Respond
}

/** The cache of one server. Each call reaches the cache, because the memory does not return tokens. */
export interface TokenServer {
  get(request?: TokenRequest): ReturnType<ReturnType<typeof createSharedTokens>>
  /** The claims of each token request that it sent to the provider. */
  readonly sent: (ClaimsRequest | undefined)[]
  readonly events: IdentityEvent[]
}

let issued = 0

/** Starts the cache of a server. Its provider issues a new token for each request, for an hour. */
export function startTokenServer({
  store,
  now,
  secrets = [TOKENS_SECRET],
  respond = () => ({}),
}: TokenServerOptions): TokenServer {
  const sent: (ClaimsRequest | undefined)[] = []
  const events: IdentityEvent[] = []
  const listener = { level: 'info', receive: (event: IdentityEvent) => events.push(event) } as const
  const memory = new Map<string, CachedToken>()
  const shared = createSharedTokens(
    { store, secrets },
    {
      events: createEventEmitter([listener], { clientId: 'todos', includesPersonalData: false }),
      clockToleranceSeconds: 60,
      now,
    },
  )

  return {
    sent,
    events,
    async get({
      kind = 'app',
      clientId = 'todos',
      tokenEndpoint = 'https://login.example.com/contoso/token',
      ignoresCase = true,
      resource = 'api://things',
      names = ['.default'],
      assertion,
      challenge,
    } = {}) {
      const scopes = names.map((name) => `${resource}/${name}`)
      const key = JSON.stringify([kind, clientId, tokenEndpoint, scopes, assertion?.token])
      const client = {
        clientId,
        traits: { ignoresCase },
        issuing: {
          now,
          transport: { timeoutSeconds: 10 },
          metadata: async () => ({ token_endpoint: tokenEndpoint }),
        },
      }
      return shared({
        kind,
        client: client as unknown as SharedRequest['client'],
        requested: { resource, names, scopes },
        assertion: assertion && {
          digest: await sha256(assertion.token),
          expiresAt: assertion.expiresAt,
        },
        challenge,
        memory: {
          get: () => memory.get(key),
          set: (token) => void memory.set(key, token),
        },
        async send(claims) {
          sent.push(claims)
          const response = await respond(claims)
          issued += 1
          return {
            accessToken: `MARKED-token-${issued}`,
            tokenType: 'Bearer',
            expiresInSeconds: 3600,
            ...response,
          }
        },
      })
    },
  }
}

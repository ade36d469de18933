import { ApiAuth, Auth, McpAuth, type AuthOptions } from 'identity-web/fetch'
import { memoryStore } from 'identity-web'
import { sharedTokens, type SharedTokensOptions } from 'identity-web/token-cache'
import { Keyv } from 'keyv'
import { createClient } from 'redis'
import { describe, expect, test, vi } from '../support/settings-fixtures.ts'

const secret = 'a-tokens-secret-of-thirty-two-characters'
const PROVIDER = {
  authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
  clientId: '11111111-2222-4333-8444-555555555555',
  clientCredential: 'secret',
  environment: 'production',
  logger: false,
} as const
const SITE: AuthOptions = { ...PROVIDER, redirectUri: 'https://app.example.com/redirect' }

function problemsOf(options: unknown): readonly string[] {
  const tokenCache = sharedTokens(options as SharedTokensOptions)
  return new ApiAuth({ ...PROVIDER, tokenCache }).problems.map(({ message }) => message)
}

const nothing = (): null => null
const KV = { get: nothing, put: nothing, delete: nothing, getWithMetadata: nothing }

describe('options of sharedTokens', () => {
  test.for([
    [
      { store: undefined },
      /^The store of sharedTokens\(\) is not configured\. Set sharedTokens\(\{ store \}\), for example/,
    ],
    [
      { store: {} },
      /^The store of sharedTokens\(\) must have the methods get, set and delete\. Change shared/,
    ],
    [
      { store: { get: nothing, delete: nothing } },
      /^The store of sharedTokens\(\) must have the methods get, set and delete\./,
    ],
    [
      { store: KV },
      /^The store of sharedTokens\(\) is a Workers KV namespace\. After .* durableObjectStore/,
    ],
    [
      { store: createClient() },
      /is a Redis client\. Wrap it, for example sharedTokens\(\{ store: redisStore\(client\) \}\)\.$/,
    ],
    [{ store: { idFromName: nothing } }, /is a Durable Object namespace\. Wrap it/],
    [
      { store: { get: nothing, set: nothing, destroy: nothing } },
      /is an express-session store\. Wrap it, .*fromExpressStore\(store\)/,
    ],
    [{ store: new Keyv() }, /is a Keyv that hides the errors of its backend\. Use keyv 5\.4/],
    [
      { secret: undefined },
      /^The secret of sharedTokens\(\) is not configured\. Set sharedTokens\(\{ secret \}\) or IDENTITY_SESSION_SECRET to/,
    ],
    [{ secret: [] }, /^The secret of sharedTokens\(\) is not configured/],
    [{ secret: 'short' }, /^The secret of sharedTokens\(\) is shorter than 32 characters\. Set/],
    [{ secret: [secret, 'short'] }, /^The secret of sharedTokens\(\) is shorter/],
    [{ stores: memoryStore() }, /^sharedTokens\(\) has no option stores\. Did you mean store\?/],
  ] as const)('%j are wrong', ([options, message]) => {
    expect(problemsOf({ store: memoryStore(), secret, ...options })).toEqual([
      expect.stringMatching(message),
    ])
  })

  test.for([
    { store: memoryStore(), secret },
    { store: new Map<string, string>(), secret: [secret, undefined] },
    { store: new Keyv({ throwOnErrors: true }), secret },
  ] as const)('%j are right', (options) => {
    expect(problemsOf(options)).toEqual([])
  })

  test('take the secret of IDENTITY_SESSION_SECRET', () => {
    vi.stubEnv('IDENTITY_SESSION_SECRET', secret)

    expect(problemsOf({ store: memoryStore() })).toEqual([])
  })

  test('are problems of McpAuth and of Auth too', () => {
    const tokenCache = sharedTokens()
    const session = { secret }
    const all = [
      new McpAuth({ ...PROVIDER, resource: 'https://tools.example.com/mcp', tokenCache }),
      new Auth({ ...SITE, session, tokenCache }),
    ]

    expect(all.map(({ problems }) => problems[0]?.option)).toEqual(['tokenCache', 'tokenCache'])
  })

  test('of an Auth are those of its session', () => {
    const session = { secret, store: memoryStore() }

    expect(new Auth({ ...SITE, session, tokenCache: sharedTokens() }).problems).toEqual([])
  })

  test.for([true, {}, 'redis', null, { name: 'sharedTokens()' }])(
    '%j is not the result of sharedTokens()',
    (tokenCache) => {
      const { problems } = new Auth({
        ...SITE,
        session: { secret },
        tokenCache: tokenCache as never,
      })

      expect(problems).toEqual([
        {
          option: 'tokenCache',
          message:
            "tokenCache must be the result of sharedTokens(). Set, for example, Auth({ tokenCache: sharedTokens({ store: redisStore(client) }) }), with import { sharedTokens } from 'identity-web/token-cache'.",
          example: 'sharedTokens({ store: redisStore(client) })',
        },
      ])
    },
  )
})

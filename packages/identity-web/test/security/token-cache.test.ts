import { memoryStore, type SessionStore } from 'identity-web'
import { ApiAuth } from 'identity-web/express'
import { sharedTokens } from 'identity-web/token-cache'
import { decodeJwt } from 'jose'
import { createEncryption, encryptionPurpose } from '../../src/encryption/index.ts'
import { CountingStore } from '../support/counting-store.ts'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { startTokenServer, TOKENS_SECRET, type TokenServer } from '../support/token-server.ts'

const CLAIMS = { access_token: { nbf: { essential: true, value: '1604106651' } } }
const NOW = 1_700_000_000

/** The request for a token on behalf of a user. */
const forUser = (name: string) =>
  ({ kind: 'obo', assertion: { token: `token of ${name}`, expiresAt: NOW + 3600 } }) as const

const tokenOf = ({ token }: { readonly token: { readonly token: string } }) => token.token

const test = base.extend(
  'start',
  ({ store }) =>
    (options: { store?: SessionStore; secrets?: readonly string[] } = {}): TokenServer =>
      startTokenServer({ store, now: () => NOW, ...options }),
)

/** Everything that is in the store. */
const contentOf = ({ entries }: CountingStore): string => JSON.stringify([...entries])

describe('an attacker who reads the store of shared tokens', () => {
  test('does not find a token, an API, a client or a user', async ({ start, store }) => {
    const token = tokenOf(await start().get(forUser('alex')))

    expect(store.entries.size).toBe(1)
    for (const secret of [token, 'MARKED', 'alex', 'todos', 'things', 'contoso', '.default'])
      expect(contentOf(store)).not.toContain(secret)
  })
})

describe('an attacker who writes to the store of shared tokens', () => {
  test('cannot give a user the token of another user', async ({ start, store }) => {
    const [alex, robin] = [forUser('alex'), forUser('robin')]
    const server = start()
    const own = [tokenOf(await server.get(alex)), tokenOf(await server.get(robin))]
    const [[first, ofAlex], [second, ofRobin]] = [...store.entries] as [
      [string, string],
      [string, string],
    ]
    store.entries.set(first, ofRobin).set(second, ofAlex)
    const other = start()

    const tokens = [tokenOf(await other.get(alex)), tokenOf(await other.get(robin))]

    expect(other.sent).toHaveLength(2)
    for (const token of tokens) expect(own).not.toContain(token)
    expect(other.events.map((event) => 'reason' in event && event.reason)).toEqual([
      'unreadable',
      'unreadable',
    ])
  })

  test.for([
    ['another kind of value', encryptionPurpose('long-running process', 'todos', 'id')],
    ['a shared token without its key', encryptionPurpose('shared token')],
    ['the token of another key', encryptionPurpose('shared token', 'identity:tokens:other')],
  ] as const)('cannot pass off %s as a token', async ([, purpose], { start, store }) => {
    await start().get()
    const [key = ''] = store.entries.keys()
    const forged = {
      token: { token: 'forged', refreshAt: NOW + 900 },
      expiresAt: NOW + 1000,
      revision: 9,
      savedAt: NOW,
    }
    store.entries.set(key, await createEncryption([TOKENS_SECRET], purpose).encrypt(forged))
    const server = start()

    expect(tokenOf(await server.get())).not.toBe('forged')
    expect(server.sent).toHaveLength(1)
  })

  test('cannot change a character of a token', async ({ start, store }) => {
    await start().get()
    const [[key, value] = ['', '']] = store.entries
    for (let at = 0; at < value.length; at += 7) {
      const other = value[at] === 'A' ? 'B' : 'A'
      store.entries.set(key, value.slice(0, at) + other + value.slice(at + 1))
      const server = start()
      await server.get()
      expect(server.sent).toHaveLength(1)
    }
  })

  test('cannot bring an old token back at a server that knows the newer one', async ({
    start,
    store,
  }) => {
    const first = start()
    const rejectedToken = tokenOf(await first.get())
    const old = new Map(store.entries)
    const challenge = { claims: CLAIMS, rejectedToken }
    const newer = tokenOf(await first.get({ challenge }))
    const second = start()
    await second.get()
    for (const [key, value] of old) store.entries.set(key, value)

    for (const server of [first, second]) {
      const before = server.sent.length
      const token = tokenOf(await server.get())
      expect(token).not.toBe(rejectedToken)
      expect(server.sent.slice(before)).toEqual([CLAIMS])
      expect(server.events.at(-1)).toMatchObject({ reason: 'replaced' })
      expect(token).not.toBe(newer)
      for (const [key, value] of old) store.entries.set(key, value)
    }
  })

  test('cannot bring a rejected token back at the server that was told so', async ({
    start,
    store,
  }) => {
    const rejectedToken = tokenOf(await start().get())
    const old = new Map(store.entries)
    const server = start()
    await server.get({ challenge: { claims: CLAIMS, rejectedToken } })
    for (const [key, value] of old) store.entries.set(key, value)

    expect(tokenOf(await server.get())).not.toBe(rejectedToken)
  })
})

describe('an API that shares tokens', () => {
  // CVE-2026-40155: a token must not be returned to another caller.
  test('returns to each caller the token of that user, on all servers', async ({
    openApi,
    provider,
    store,
  }) => {
    provider.behave({ consent: 'skip' })
    const servers = await Promise.all(
      [1, 2, 3].map(() =>
        openApi({ tokenCache: sharedTokens({ store, secret: TOKENS_SECRET }) }, (app, api) => {
          app.get(
            '/',
            api.authorizationRequired(async (_req, res, context) => {
              const { accessToken } = await context.getTokenOnBehalfOf('User.Read')
              res.json({ caller: context.user?.oid, of: decodeJwt(accessToken)['oid'] })
            }),
          )
        }),
      ),
    )
    const users = ['alex', 'robin', 'morgan', 'sam']
    const tokens = await Promise.all(users.map((as) => provider.accessToken({ as })))

    const responses = await Promise.all(
      Array.from({ length: 60 }, async (_, i) =>
        servers[i % 3]?.call('/', tokens[i % tokens.length]),
      ),
    )

    for (const [i, response] of responses.entries()) {
      const { oid } = provider.user(users[i % users.length] as 'alex')
      expect(response?.body).toEqual({ caller: oid, of: oid })
    }
  })

  test('does not start in production with a secret that an attacker can guess', () => {
    const { problems } = new ApiAuth({
      authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
      clientId: '11111111-2222-4333-8444-555555555555',
      clientCredential: 'secret',
      tokenCache: sharedTokens({ store: memoryStore(), secret: 'a'.repeat(40) }),
      logger: false,
    })

    expect(problems.map(({ option }) => option)).toEqual(['tokenCache'])
  })
})

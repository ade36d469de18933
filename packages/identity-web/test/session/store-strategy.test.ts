import { describe, expect, test } from 'vitest'
import { memoryStore } from 'identity-web'
import { createReliableStore } from '../../src/reliable-store.ts'
import { SESSION_STORE } from '../../src/web/runtime/sessions.ts'
import {
  createRevocations,
  createStoreStrategy,
  startTimes,
  type Session,
  type SessionStrategy,
} from '../../src/session/index.ts'
import type { StoreStrategyOptions } from '../../src/session/store/store-strategy.ts'
import type { AccessToken, SessionTokens } from '../../src/tokens.ts'

const NOW = 1_700_000_000
const lifetimes = { idle: 1000, absolute: 5000 }

function create(onEnd?: StoreStrategyOptions['onEnd']): SessionStrategy {
  const now = (): number => NOW
  const store = createReliableStore(memoryStore(), { timeoutSeconds: 1, words: SESSION_STORE })
  return createStoreStrategy({
    store,
    revocations: createRevocations(store, { owner: 'app', lifetimes, now }),
    secrets: ['a-secret-of-thirty-two-characters'],
    owner: 'app',
    name: 'identity',
    attributes: { path: '/', secure: false, sameSite: 'Lax' },
    lifetimes,
    refreshSeconds: 1,
    now,
    onCorrupt: () => undefined,
    onEnd,
  })
}

const session: Session = {
  id: 'one',
  claims: { iss: 'https://provider.example', sub: 'ann' },
  ...startTimes(lifetimes, NOW),
}

function tokensOf(revision: number): SessionTokens {
  const access: AccessToken = {
    token: `token ${revision}`,
    type: 'Bearer',
    resource: '',
    scopes: ['read'],
    expiresAt: NOW + 3600,
    refreshAt: NOW + 3000,
  }
  return { revision, refreshToken: `refresh ${revision}`, access: [access] }
}

async function start(strategy: SessionStrategy, tokens: SessionTokens): Promise<string> {
  const [cookie = ''] = await strategy.start('', session, tokens)
  return cookie.slice(0, cookie.indexOf(';'))
}

describe('a session in a store', () => {
  test('announces its end once, so that its connections are closed', async () => {
    const ended: unknown[] = []
    const strategy = create((end) => ended.push(end))
    const cookie = await start(strategy, tokensOf(0))

    await strategy.end(cookie)
    await strategy.end(cookie)

    expect(ended).toEqual([{ kind: 'id', value: session.id }])
  })

  test('can change without a new cookie', async () => {
    const strategy = create()
    const cookie = await start(strategy, tokensOf(0))

    expect(await strategy.update(cookie, { ...session, touchedAt: NOW + 1 })).toEqual([])
    expect(await strategy.read(cookie)).toMatchObject({ touchedAt: NOW + 1 })
    expect(await strategy.readTokens(cookie, session)).toMatchObject({ revision: 0 })
  })

  test('keeps its newest tokens, even if older ones are written later', async () => {
    const strategy = create()
    const cookie = await start(strategy, tokensOf(0))

    await strategy.update(cookie, session, tokensOf(2))
    await strategy.update(cookie, session, tokensOf(1))

    expect(await strategy.readTokens(cookie, session)).toMatchObject({ revision: 2 })
  })

  test.each(['', 'identity=', 'identity=1.', 'identity=1.short', `identity=1.${'!'.repeat(43)}`])(
    'is undefined for the cookie %j',
    async (cookie) => {
      const strategy = create()

      expect(strategy.read(cookie)).toBeUndefined()
      expect(await strategy.readTokens(cookie, session)).toMatchObject({ access: [] })
      expect(await strategy.update(cookie, session)).toEqual([])
      expect(await strategy.end(cookie)).toHaveLength(1)
    },
  )
})

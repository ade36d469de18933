import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { Auth } from '../../src/adapters/fetch/index.ts'
import { createEncryption } from '../../src/encryption/index.ts'
import { fromExpressStore, type ExpressSession } from '../../src/stores/express-store.ts'
import { redisStore } from '../../src/stores/redis.ts'
import type { SessionStore } from '../../src/store.ts'
import { CLIENT_ID, ISSUER, NOW, providerFetch } from './provider.ts'
import { mutatedText } from './mutations.ts'
import { readCorpus } from './corpus.ts'
import { valueTarget, type FuzzTarget } from './target.ts'

const SECRET = 'a-secret-of-the-tests-0123456789-abcdef'
const COOKIE = `__Host-identity=1.${'A'.repeat(43)}`

/** What a store can return: strings of anything, and values that are not strings. */
const record = fc.oneof(
  {
    weight: 4,
    arbitrary: mutatedText(readCorpus('base64url'), ['AQ', '"', '{', '1750000000 abc']),
  },
  { weight: 1, arbitrary: fc.constantFrom<unknown[]>(null, 7, true, {}, [], { identity: 'AQ' }) },
)

/** Returns a store whose every read returns the same foreign value. */
const foreignStore = (value: unknown): SessionStore => ({
  get: () => value,
  getMany: (keys) => keys.map(() => value),
  set: () => undefined,
  delete: () => undefined,
})

async function visit(session: object): Promise<Response[]> {
  const auth = new Auth(
    {
      oidcAuthority: ISSUER,
      fetch: providerFetch(),
      now: () => NOW,
      logger: false,
      clientId: CLIENT_ID,
      redirectUri: 'https://app.example/redirect',
      session: { secret: SECRET, ...session },
    },
    { NODE_ENV: 'production' },
  )
  const guarded = auth.loginRequired(() => new Response('inside'))
  const request = (path: string): Request =>
    new Request(`https://app.example${path}`, { headers: { cookie: COOKIE, accept: 'text/html' } })
  const responses = []
  for (const path of ['/', '/logout', '/front-channel-logout?sid=a', '/redirect?code=a&state=b']) {
    // oxlint-disable-next-line no-await-in-loop
    responses.push(await auth.respond(request(path), () => guarded(request(path))))
  }
  return responses
}

async function assertSafe(responses: readonly Response[]): Promise<void> {
  for (const response of responses) {
    assert.ok(response.status < 500 || response.status === 503, `status ${response.status}`)
    // oxlint-disable-next-line no-await-in-loop
    assert.notEqual(await response.text(), 'inside')
  }
}

export const storeTargets: readonly FuzzTarget[] = [
  valueTarget<unknown>({
    name: 'stores/records',
    arbitrary: record,
    runs: 100,
    async check(value) {
      await assertSafe(await visit({ store: foreignStore(value) }))
      await assertSafe(await visit({ denyList: foreignStore(value) }))
    },
  }),
  valueTarget<unknown>({
    name: 'stores/redis-replies',
    arbitrary: record,
    runs: 100,
    async check(value) {
      const sendCommand = ([command, ...keys]: string[]): Promise<unknown> =>
        Promise.resolve(command === 'MGET' ? keys.map(() => value) : value)
      await assertSafe(await visit({ store: redisStore({ sendCommand }) }))
    },
  }),
  valueTarget<unknown>({
    name: 'stores/express-session',
    arbitrary: record,
    runs: 100,
    async check(value) {
      const session = (Array.isArray(value) ? value : { identity: value }) as ExpressSession
      const done = (callback: (error?: unknown) => void): void => callback()
      const store = fromExpressStore({
        get: (_sid, callback) => callback(undefined, value === null ? null : session),
        set: (_sid, _session, callback) => done(callback),
        destroy: (_sid, callback) => done(callback),
      })
      await assertSafe(await visit({ store }))
    },
  }),
  valueTarget<unknown>({
    // The encrypted content of a record is ours, but another version of this library may have written it.
    name: 'stores/other-versions',
    arbitrary: fc.jsonValue(),
    seeds: [{ at: 'x', value: {} }, { at: 7 }, [], null, 'x'],
    runs: 50,
    async check(value) {
      const owner = `${CLIENT_ID} ${ISSUER}`
      const purposes = [
        `stored session ${owner}`,
        JSON.stringify(['stored session', `${owner} https://app.example`, '__Host-identity']),
      ]
      for (const purpose of purposes) {
        // oxlint-disable-next-line no-await-in-loop
        const encrypted = await createEncryption([SECRET], purpose).encrypt(value)
        // oxlint-disable-next-line no-await-in-loop
        await assertSafe(await visit({ store: foreignStore(encrypted) }))
      }
    },
  }),
]

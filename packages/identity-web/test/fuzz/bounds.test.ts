import { describe, expect, test } from 'vitest'
import { ApiAuth, Auth } from '../../src/adapters/fetch/index.ts'
import { requestProvider } from '../../src/authority/provider-documents.ts'
import { claimsFromOutside } from '../../src/client/claims-request.ts'
import { parseChallenges } from '../../src/client/challenges.ts'
import { loadKeyMaterial } from '../../src/client/credential/key-material-node.ts'
import { providerError } from '../../src/client/provider-error.ts'
import { createEventEmitter, failureOf } from '../../src/event-emitter.ts'
import { readChunks, writeChunks } from '../../src/session/cookies.ts'
import { IdentityError } from '../../src/errors.ts'
import type { IdentityEvent } from '../../src/events.ts'
import { negotiateLanguage } from '../../src/web/http/negotiate-language.ts'
import { toReturnPath } from '../../src/seams/return-to.ts'
import { AUDIENCE, CLIENT_ID, ISSUER, NOW, metadata, providerFetch } from './provider.ts'

// Each bound of foreign input. Longer input is rejected or cut off, so that memory and time stay bounded.

const SHARED = {
  oidcAuthority: ISSUER,
  fetch: providerFetch(),
  now: () => NOW,
  logger: false,
} as const
const ORIGIN = 'https://app.example'
const site = new Auth(
  {
    ...SHARED,
    clientId: CLIENT_ID,
    redirectUri: `${ORIGIN}/redirect`,
    session: { secret: 'a-secret-of-the-tests-0123456789-abcdef' },
  },
  { NODE_ENV: 'production' },
)

/** Returns a body that counts the bytes that were read of it, and does not end. */
function endlessBody() {
  const counter = { bytes: 0 }
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      counter.bytes += 10_000
      controller.enqueue(new Uint8Array(10_000).fill(0x61))
    },
  })
  return { body, counter }
}

describe('of requests', () => {
  test('a form has at most 100,000 bytes, and the rest is not read', async () => {
    const { body, counter } = endlessBody()
    const request = new Request(`${ORIGIN}/redirect`, {
      method: 'POST',
      body,
      duplex: 'half',
    } as RequestInit)
    expect((await site.handle(request))?.status).toBe(413)
    expect(counter.bytes).toBeLessThan(150_000)
  })

  test('a query of a route has at most 100,000 characters', async () => {
    const query = `state=x&a=${'a'.repeat(100_000)}`
    expect((await site.handle(new Request(`${ORIGIN}/redirect?${query}`)))?.status).toBe(400)
  })

  test('Accept-Language is read up to 1,000 characters and 32 languages', () => {
    const tags = ['en', 'fr']
    expect(negotiateLanguage(`${' '.repeat(998)}fr`, tags)).toBe('fr')
    expect(negotiateLanguage(`${' '.repeat(999)}fr`, tags)).toBe('en')
    expect(negotiateLanguage(`${','.repeat(31)}fr`, tags)).toBe('fr')
    expect(negotiateLanguage(`${','.repeat(32)}fr`, tags)).toBe('en')
  })

  test('an access token has at most 16,384 characters', async () => {
    const api = new ApiAuth({ ...SHARED, audience: AUDIENCE }, { NODE_ENV: 'production' })
    const guarded = api.authorizationRequired({ scopes: ['Todos.Read'] }, () => new Response())
    const headers = { authorization: `Bearer ${'a'.repeat(16_385)}` }
    const response = await guarded(new Request('https://api.example/', { headers }))
    expect(response.status).toBe(401)
    expect(await response.text()).toContain('longer than 16384 characters')
  })

  test('a value in cookies has at most 9 cookies', () => {
    const value = 'a'.repeat(9 * 3800 + 1)
    const attributes = { path: '/', secure: true, sameSite: 'Lax', maxAge: 60 } as const
    const header = writeChunks('', { ...attributes, name: 'identity', value })
      .map((cookie) => cookie.split(';')[0])
      .join('; ')
    expect(readChunks(header, 'identity')).toBeUndefined()
  })

  test('a return path has at most 2,000 characters', () => {
    expect(toReturnPath(`/${'a'.repeat(1999)}`, ORIGIN)).toBeDefined()
    expect(toReturnPath(`/${'a'.repeat(2000)}`, ORIGIN)).toBeUndefined()
  })
})

describe('of the provider and of other APIs', () => {
  test('a response has at most 1,000,000 bytes, and the rest is not read', async () => {
    const { body, counter } = endlessBody()
    const fetch = () => Promise.resolve(new Response(body))
    const request = requestProvider({ fetch, timeoutSeconds: 5 }, 'a document', { url: ISSUER })
    await expect(request).rejects.toThrow('larger than 1000000 bytes')
    expect(counter.bytes).toBeLessThan(1_100_000)
  })

  test('an error description has at most 300 characters in messages, and an error code 60', async () => {
    const text = 'a'.repeat(10_000)
    const { message } = providerError('the sign-in', { error: text, error_description: text })
    expect(message.length).toBeLessThan(450)
  })

  test('an issuer has at most 120 characters in messages', async () => {
    const body = JSON.stringify({ ...metadata, issuer: `https://${'a'.repeat(900_000)}@` })
    const messages: string[] = []
    const auth = new Auth(
      {
        ...SHARED,
        fetch: providerFetch({ '/.well-known/openid-configuration': { body } }),
        onEvent: ({ message }) => messages.push(message),
        clientId: CLIENT_ID,
        redirectUri: `${ORIGIN}/redirect`,
        session: { secret: 'a-secret-of-the-tests-0123456789-abcdef' },
      },
      { NODE_ENV: 'production' },
    )
    const headers = { accept: 'text/html' }
    expect((await auth.handle(new Request(`${ORIGIN}/login`, { headers })))?.status).toBe(502)
    expect(messages.length).toBeGreaterThan(0)
    for (const message of messages) expect(message.length).toBeLessThan(400)
  })

  test('a claims request has at most 2,048 characters', () => {
    expect(claimsFromOutside(`{"a":"${'a'.repeat(2040)}"}`)).toBeDefined()
    expect(claimsFromOutside(`{"a":"${'a'.repeat(2041)}"}`)).toBeUndefined()
  })

  test('a WWW-Authenticate header is read up to 8,192 characters', () => {
    const [challenge] = parseChallenges(`Bearer ${'a=b, '.repeat(2000)}z="last"`)
    expect(challenge?.parameters.has('z')).toBe(false)
  })
})

describe('of credentials', () => {
  test('a PFX has at most 1,000,000 bytes', async () => {
    const material = loadKeyMaterial({ pfx: new Uint8Array(1_000_001) }, 'clientCredential')
    await expect(material).rejects.toThrow('larger than 1000000 bytes')
  })

  test('a PFX has at most 10,000,000 iterations of its key derivation', async () => {
    // PFX with the version 3, an empty content, and a MAC with this iteration count.
    const pfx = Uint8Array.from(Buffer.from('300d02010330003006020400989681', 'hex'))
    const start = performance.now()
    await expect(loadKeyMaterial({ pfx }, 'clientCredential')).rejects.toThrow('is damaged')
    expect(performance.now() - start).toBeLessThan(1000)
  })
})

test('removes e-mail addresses from long messages in linear time', () => {
  const messages: string[] = []
  const receive = ({ message }: IdentityEvent) => messages.push(message)
  const emitter = createEventEmitter([{ level: 'info', receive }], {
    clientId: CLIENT_ID,
    includesPersonalData: false,
  })
  const error = new IdentityError('provider_error', `${'a'.repeat(40_000)} alex@example.com`)
  const start = process.cpuUsage()
  emitter.emit('request.failed', { level: 'error', ...failureOf(error) })
  expect(process.cpuUsage(start).user / 1000).toBeLessThan(500)
  expect(messages.map((message) => message.slice(-18))).toEqual([
    ' [e-mail address]'.padStart(18, 'a'),
  ])
})

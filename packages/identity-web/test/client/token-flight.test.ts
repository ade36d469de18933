import { IdentityError } from 'identity-web'
import { describe, expect, test as base } from 'vitest'
import type { OAuthClient } from '../../src/client/index.ts'
import { TokenFlight } from '../../src/client/token-flight.ts'

const CLAIMS = { access_token: { nbf: { essential: true, value: '1604106651' } } }
const OTHER = { access_token: { acrs: { essential: true, value: 'c1' } } }
const FAILURES = ['provider_unavailable', 'interaction_required', 'provider_error'] as const

/** A flight at a provider that issues a token for an hour, unless the test sets an error. */
const test = base.extend('flight', () => {
  let time = 1_700_000_000
  const now = () => time
  const client = { issuing: { now }, traits: {} } as unknown as OAuthClient
  const requested = { resource: '', names: ['a'], scopes: ['a'] }
  const sent: unknown[] = []
  const memory = new TokenFlight({ now, shared: undefined, onFailure: (error) => error })
  const flight = {
    sent,
    error: undefined as IdentityError | undefined,
    advance: (seconds: number) => void (time += seconds),
    async get(challenge?: { readonly claims: object; readonly rejectedToken: string }) {
      const { token } = await memory.getToken({
        key: ['key'],
        kind: 'app',
        client,
        requested,
        challenge: challenge as never,
        async send(claims) {
          sent.push(claims)
          if (flight.error !== undefined) throw flight.error
          const accessToken = `token ${sent.length}`
          return { accessToken, tokenType: 'Bearer', expiresInSeconds: 3600 }
        },
      })
      return token
    },
  }
  return flight
})

describe('a token that must be refreshed soon', () => {
  test.for(FAILURES)(
    'is used after %s, and requested again after 30 seconds',
    async (code, { flight }) => {
      const token = await flight.get()
      flight.advance(3400)
      flight.error = new IdentityError(code, 'failed')

      for (let call = 0; call < 3; call++) expect(await flight.get()).toBe(token)
      expect(flight.sent).toHaveLength(2)
      flight.advance(30)
      expect(await flight.get()).toBe(token)

      expect(flight.sent).toHaveLength(3)
      flight.advance(170)
      await expect(flight.get()).rejects.toThrow('failed')
    },
  )
})

describe('a request without a valid token', () => {
  test.for(FAILURES)(
    'that fails with %s waits only if the user must act',
    async (code, { flight }) => {
      flight.error = new IdentityError(code, 'failed')

      for (let call = 0; call < 3; call++) await expect(flight.get()).rejects.toThrow('failed')
      flight.error = undefined
      flight.advance(30)
      await flight.get()

      expect(flight.sent).toHaveLength(code === 'interaction_required' ? 2 : 4)
    },
  )
})

describe('a claims challenge', () => {
  test('is not satisfied by a token with the claims of another one', async ({ flight }) => {
    const rejectedToken = await flight.get()
    const first = await flight.get({ claims: CLAIMS, rejectedToken })
    const second = await flight.get({ claims: OTHER, rejectedToken })

    expect(await flight.get({ claims: OTHER, rejectedToken })).toBe(second)
    expect(second).not.toBe(first)
    expect(flight.sent).toEqual([undefined, CLAIMS, OTHER])
  })

  test.for(FAILURES)(
    'that fails with %s does not return the rejected token',
    async (code, { flight }) => {
      const rejectedToken = await flight.get()
      const newer = await flight.get({ claims: CLAIMS, rejectedToken })
      flight.error = new IdentityError(code, 'failed')

      for (const token of [newer, newer])
        await expect(flight.get({ claims: CLAIMS, rejectedToken: token })).rejects.toThrow('failed')
    },
  )
})

import { createServer } from 'node:http'
import express, { type ErrorRequestHandler } from 'express'
import { auth } from 'express-oauth2-jwt-bearer'
import type { AccessTokenRequest, DevProvider } from 'identity-web-dev'
import { exportJWK, generateKeyPair } from 'jose'
import { onTestFinished } from 'vitest'
import { describe, expect, issuerFor, test as base } from '../support/issuers-fixtures.ts'
import { close, listen } from '../support/site.ts'

// express-oauth2-jwt-bearer is independent of this library, and accepts several issuers with `mcd.issuers`. Both must accept and
// reject the same tokens, apart from the differences that this file lists.

const API = 'https://todos.example'
const OTHER_API = 'https://other.example'
const { privateKey, publicKey } = await generateKeyPair('RS256')
const jwk = await exportJWK(publicKey)

const test = base.extend('judges', async ({ provider, otherProvider, openIssuers }) => {
  const [first, second] = [provider.oidcAuthority, otherProvider.oidcAuthority]
  const api = await openIssuers({
    first: { oidcAuthority: first, audience: API },
    second: { oidcAuthority: second, audience: API },
  })
  const app = express()
  app.use(auth({ mcd: { issuers: [first, second] }, audience: API }))
  app.get('/', (req, res) => void res.json({ issuer: req.auth?.payload.iss }))
  const onError: ErrorRequestHandler = (error: { status?: number }, _req, res, _next) => {
    res.status(error.status ?? 500).json({})
  }
  app.use(onError)
  const server = createServer(app)
  const origin = await listen(server)
  onTestFinished(() => close(server))
  const names: Readonly<Record<string, string>> = { [first]: 'first', [second]: 'second' }
  return {
    ours: (token: string) => issuerFor(api, token),
    async theirs(token: string): Promise<string | number> {
      const headers = { authorization: `Bearer ${token}` }
      const response = await fetch(origin, { headers })
      const { issuer = '' } = (await response.json()) as { issuer?: string }
      return response.status === 200 ? (names[issuer] ?? issuer) : response.status
    },
  }
})

type Forge = (of: DevProvider, other: DevProvider) => Promise<string>

const token =
  (request: AccessTokenRequest | ((of: DevProvider, other: DevProvider) => object)): Forge =>
  (of, other) =>
    of.accessToken({
      as: 'alex',
      api: API,
      authority: 'oidc',
      scopes: ['Todos.Read'],
      ...(typeof request === 'function' ? request(of, other) : request),
    })

const otherAlgorithm: Forge = async (of, other) => {
  const [, payload = '', signature = ''] = (await token({})(of, other)).split('.')
  const header = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url')
  return `${header}.${payload}.${signature}`
}

describe('express-oauth2-jwt-bearer 1.10 and this library accept', () => {
  test.for([
    ['a token', token({})],
    ['one of two audiences', token({ claims: { aud: [OTHER_API, API] } })],
    ['a token within the tolerance', token({ claims: { iat: undefined } })],
  ] as const)('%s of each issuer', async ([, forge], { judges, provider, otherProvider }) => {
    const [first, second] = [
      await forge(provider, otherProvider),
      await forge(otherProvider, provider),
    ]

    expect([await judges.theirs(first), await judges.theirs(second)]).toEqual(['first', 'second'])
    expect([await judges.ours(first), await judges.ours(second)]).toEqual(['first', 'second'])
  })
})

describe('express-oauth2-jwt-bearer 1.10 and this library reject', () => {
  test.for([
    ['the issuer of the other one', token((_, { oidcAuthority: iss }) => ({ claims: { iss } }))],
    ['an unknown issuer', token({ claims: { iss: 'https://login.example' } })],
    ['no issuer', token({ claims: { iss: undefined } })],
    ['a list of issuers', token(({ oidcAuthority }) => ({ claims: { iss: [oidcAuthority] } }))],
    [
      'an issuer with another path',
      token(({ oidcAuthority }) => ({ claims: { iss: `${oidcAuthority}/x` } })),
    ],
    [
      'an issuer in capital letters',
      token(({ oidcAuthority }) => ({ claims: { iss: oidcAuthority.toUpperCase() } })),
    ],
    ['another audience', token({ claims: { aud: OTHER_API } })],
    ['no audience', token({ claims: { aud: undefined } })],
    ['an expired token', token({ expiresIn: -600 })],
    [
      'a token that is not valid yet',
      token({ claims: { nbf: Math.floor(Date.now() / 1000) + 600 } }),
    ],
    ['the key of a stranger', token({ key: 'stranger' })],
    ['a key in the header', token({ key: privateKey, header: { kid: undefined, jwk } })],
    ['no algorithm', otherAlgorithm],
  ] as const)('%s', async ([, forge], { judges, provider, otherProvider }) => {
    for (const forged of [
      await forge(provider, otherProvider),
      await forge(otherProvider, provider),
    ]) {
      expect([await judges.theirs(forged), await judges.ours(forged)]).toEqual([401, 401])
    }
  })
})

describe('this library also rejects what express-oauth2-jwt-bearer 1.10 accepts', () => {
  const later = Math.floor(Date.now() / 1000) + 600

  test.for([
    // It is the ID token of a client with this audience, and any user who signs in has one.
    ['an ID token', token({ claims: { nonce: 'x' }, header: { typ: 'JWT' } }), 401],
    ['a logout token', token({ header: { typ: 'logout+jwt' } }), 401],
    // As a bearer token, it would lose the protection of its binding.
    [
      'a token that is bound to a certificate of its client',
      token({ claims: { cnf: { 'x5t#S256': 'x' } } }),
      401,
    ],
    // RFC 8414 and OpenID Connect compare issuers character by character.
    [
      'an issuer with a slash that its metadata do not have',
      token(({ oidcAuthority }) => ({ claims: { iss: `${oidcAuthority}/` } })),
      401,
    ],
    ['a token that was issued in the future', token({ claims: { iat: later } }), 401],
    ['a token without a subject', token({ claims: { sub: undefined } }), 401],
    // Without a requirement, this library needs any scope of the API. The other one leaves it to requiredScopes().
    ['a token without a scope', token({ claims: { scope: undefined, client_id: 'x' } }), 403],
  ] as const)('%s', async ([, forge, status], { judges, provider, otherProvider }) => {
    const given = await forge(provider, otherProvider)

    expect(await judges.theirs(given)).toMatch(/^(first|http.*\/)$/)
    expect(await judges.ours(given)).toBe(status)
  })
})

test('this library accepts a token for one more minute, and express-oauth2-jwt-bearer 1.10 for five seconds', async ({
  judges,
  provider,
  otherProvider,
}) => {
  const given = await token({ expiresIn: -30 })(provider, otherProvider)

  expect([await judges.theirs(given), await judges.ours(given)]).toEqual([401, 'first'])
})

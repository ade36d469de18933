import { SignJWT, exportJWK, generateKeyPair } from 'jose'
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { oidcAuthority } from '../../src/authority/recognize.ts'
import type { IssuingAuthority } from '../../src/authority/issuing-authority.ts'
import { candidateKeys, type ProviderKey } from '../../src/authority/keys.ts'
import type { IdentityError } from '../../src/errors.ts'
import { verifyIdToken, type IdTokenExpectations } from '../../src/authority/verify-id-token.ts'

// Cases with many algorithms or exact seconds. The attacks are in test/security/id-token.test.ts.

const NOW = 1_800_000_000
const ISSUER = 'https://a.example'
const CLAIMS = { iss: ISSUER, aud: 'app', sub: 'user', iat: NOW, exp: NOW + 600, nonce: 'n' }

interface Signer {
  readonly algorithm: string
  readonly privateKey: CryptoKey
  readonly jwk: ProviderKey
}

async function signer(algorithm: string, kid = algorithm): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm)
  return { algorithm, privateKey, jwk: { ...(await exportJWK(publicKey)), kid } }
}

const sign = (
  { algorithm, privateKey, jwk }: Signer,
  claims: object = {},
  header: object = {},
): Promise<string> =>
  new SignJWT({ ...CLAIMS, ...claims })
    .setProtectedHeader({ alg: algorithm, kid: jwk.kid, ...header } as { alg: string })
    .sign(privateKey)

function issuingWith(
  keys: readonly ProviderKey[],
  algorithms: readonly string[],
): IssuingAuthority {
  return {
    authority: oidcAuthority(ISSUER),
    transport: { fetch, timeoutSeconds: 1 },
    now: () => NOW,
    clock: () => ({ now: NOW, tolerance: 60 }),
    metadata: () =>
      Promise.resolve({
        issuer: ISSUER,
        authorization_endpoint: `${ISSUER}/authorize`,
        token_endpoint: `${ISSUER}/token`,
        jwks_uri: `${ISSUER}/keys`,
        id_token_signing_alg_values_supported: algorithms,
      }),
    signingKeys: (_, header) => Promise.resolve(candidateKeys(keys, header)),
    replacedKeys: () => Promise.resolve([]),
    newestKeys: () => Promise.resolve([]),
    cachedMetadata: () => undefined,
    ready: () => Promise.resolve(),
    revision: () => 0,
  }
}

const expected: IdTokenExpectations = { clientId: 'app', nonce: 'n' }

const atHash = (token: string, hash: string): string => {
  const digest = createHash(hash).update(token).digest()
  return digest.subarray(0, digest.length / 2).toString('base64url')
}

describe('an ID token', () => {
  test.each([
    ['RS256', 'sha256'],
    ['PS384', 'sha384'],
    ['ES256', 'sha256'],
    ['ES512', 'sha512'],
    ['EdDSA', 'sha512'],
    ['Ed25519', 'sha512'],
  ])('signed with %s is accepted, with its at_hash', async (algorithm, hash) => {
    const key = await signer(algorithm)
    const issuing = issuingWith([key.jwk], [algorithm])
    const token = await sign(key, { at_hash: atHash('access', hash) })

    const claims = await verifyIdToken(issuing, token, { ...expected, accessToken: 'access' })

    expect(claims.sub).toBe('user')
    await expect(
      verifyIdToken(issuing, token, { ...expected, accessToken: 'other' }),
    ).rejects.toMatchObject({ code: 'invalid_token', message: expect.stringMatching(/at_hash/) })
  })

  test('without a kid is verified with each matching key', async () => {
    const [one, two] = [await signer('ES256', 'one'), await signer('ES256', 'two')]
    const token = await sign(two, {}, { kid: undefined })

    const claims = await verifyIdToken(issuingWith([one.jwk, two.jwk], ['ES256']), token, expected)

    expect(claims.sub).toBe('user')
  })

  test('with an unknown critical extension (crit) is rejected', async () => {
    const key = await signer('ES256')
    const token = await new SignJWT(CLAIMS)
      .setProtectedHeader({ alg: 'ES256', kid: 'ES256', crit: ['exp'], exp: 1 })
      .sign(key.privateKey, { crit: { exp: true } })

    await expect(
      verifyIdToken(issuingWith([key.jwk], ['ES256']), token, expected),
    ).rejects.toMatchObject({ code: 'invalid_token' })
  })
})

describe('the times of an ID token', () => {
  const times: [
    what: string,
    claims: object,
    maxAgeSeconds: number | undefined,
    isGood: boolean,
  ][] = [
    ['expired 59 s ago', { exp: NOW - 59 }, undefined, true],
    ['expired 60 s ago', { exp: NOW - 60 }, undefined, false],
    ['issued 60 s ahead', { iat: NOW + 60 }, undefined, true],
    ['issued 61 s ahead', { iat: NOW + 61 }, undefined, false],
    ['issued a year ago', { iat: NOW - 31_536_000 }, undefined, true],
    ['valid 60 s ahead', { nbf: NOW + 60 }, undefined, true],
    ['valid 61 s ahead', { nbf: NOW + 61 }, undefined, false],
    ['authenticated at the limit', { auth_time: NOW - 360 }, 300, true],
    ['authenticated a second too early', { auth_time: NOW - 361 }, 300, false],
    ['authenticated long ago, when nobody asked', { auth_time: 1 }, undefined, true],
    ['with no time of authentication, when nobody asked', {}, undefined, true],
    ['with no time of authentication, though asked', {}, 300, false],
    ['authenticated just now, asked for zero', { auth_time: NOW }, 0, true],
  ]

  test.each(times)('%s', async (_what, claims, maxAgeSeconds, isGood) => {
    const key = await signer('ES256')
    const verified = verifyIdToken(issuingWith([key.jwk], ['ES256']), await sign(key, claims), {
      ...expected,
      maxAgeSeconds,
    })

    const outcome = await verified.then(
      () => 'accepted',
      (error: IdentityError) => error.code,
    )

    expect(outcome).toBe(isGood ? 'accepted' : 'invalid_token')
  })
})

describe('a refreshed ID token', () => {
  test('must belong to the same user, and does not need a nonce', async () => {
    const key = await signer('ES256')
    const issuing = issuingWith([key.jwk], ['ES256'])
    const token = await sign(key, { nonce: undefined })

    const claims = await verifyIdToken(issuing, token, {
      clientId: 'app',
      user: { iss: ISSUER, sub: 'user' },
    })

    expect(claims.sub).toBe('user')
    for (const user of [
      { iss: ISSUER, sub: 'somebody' },
      { iss: 'https://b.example', sub: 'user' },
    ]) {
      await expect(verifyIdToken(issuing, token, { clientId: 'app', user })).rejects.toMatchObject({
        code: 'invalid_token',
        message: expect.stringMatching(/another user/),
      })
    }
  })
})

import { X509Certificate } from 'node:crypto'
import { importX509, jwtVerify } from 'jose'
import { afterEach } from 'vitest'
import { describe, expect, test as base, vi } from '../../support/fixtures.ts'
import type { ClientAssertion } from '../../../src/client/credential/index.ts'
import { IdentityError } from '../../../src/errors.ts'
import { allOf, errorOf } from './openssl.ts'
import {
  apply,
  CLIENT,
  create,
  ENDPOINT,
  headerOf,
  refusal,
  SECRET,
  send,
  thumbprintOf,
} from './request.ts'

const test = base
  .extend('shop', { scope: 'file' }, ({ workshop }) => {
    workshop.certificate('app')
    workshop.certificate('new')
    return workshop
  })
  .extend('texts', ({ shop }) => ({
    certificate: shop.text('app.pem'),
    privateKey: shop.text('app.key'),
  }))
  .extend(
    'thumbprint',
    ({ shop }) =>
      (name: string, digest: string): Buffer =>
        thumbprintOf(shop.text(name), digest),
  )
afterEach(() => vi.useRealTimers())

describe('a secret', () => {
  test('goes into the body where the provider takes it there', async () => {
    const { body, headers } = await create(SECRET).run((authenticate) =>
      apply(authenticate, ['client_secret_basic', 'client_secret_post']),
    )

    expect(Object.fromEntries(body)).toEqual({ client_id: CLIENT, client_secret: SECRET })
    expect(headers.get('authorization')).toBeNull()
  })

  test('else into the header', async () => {
    const { body, headers } = await send(SECRET)

    expect(body.get('client_secret')).toBeNull()
    expect(atob(headers.get('authorization')?.slice(6) ?? '')).toContain('marked')
  })
})

describe('a certificate', () => {
  test.for([
    ['PS256', 'x5t#S256', 'sha256'],
    ['RS256', 'x5t', 'sha1'],
  ] as const)(
    'signs an assertion by %s, named by %s',
    async ([alg, field, digest], { texts, thumbprint }) => {
      const sent = await send(texts, { certificateAlgorithm: alg })

      const assertion = sent.body.get('client_assertion') ?? ''
      const key = await importX509(texts.certificate, alg)
      const { payload, protectedHeader } = await jwtVerify(assertion, key, { audience: ENDPOINT })
      expect(protectedHeader).toEqual({
        alg,
        typ: 'JWT',
        [field]: thumbprint('app.pem', digest).toString('base64url'),
      })
      expect(payload).toMatchObject({ iss: CLIENT, sub: CLIENT, aud: ENDPOINT })
      expect(payload.jti).toMatch(/.{16}/)
      expect(Number(payload.exp) - Number(payload.iat)).toBe(600)
      expect(sent.body.get('client_id')).toBe(CLIENT)
      expect(sent.body.get('client_assertion_type')).toBe(
        'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      )
    },
  )

  test('makes each assertion anew', async ({ texts }) => {
    const authentication = create(texts)
    const one = await authentication.run((authenticate) => apply(authenticate))
    const two = await authentication.run((authenticate) => apply(authenticate))

    expect(one.body.get('client_assertion')).not.toBe(two.body.get('client_assertion'))
  })

  test('is sent along with its chain where that is asked for, itself first', async ({
    shop,
    texts,
  }) => {
    const certificate = shop.text('new.pem') + shop.text('app.pem')
    const { x5c } = headerOf(await send({ ...texts, certificate, sendX5c: true }))

    expect(x5c).toEqual(
      ['app.pem', 'new.pem'].map((name) =>
        new X509Certificate(shop.text(name)).raw.toString('base64'),
      ),
    )
  })

  test('may be known by its thumbprint alone', async ({ texts, thumbprint, shop }) => {
    const { privateKey } = texts
    const sha256 = thumbprint('app.pem', 'sha256').toString('hex').toUpperCase()
    const sha1 = new X509Certificate(shop.text('app.pem')).fingerprint

    expect(headerOf(await send({ privateKey, thumbprint: sha256 }))).toEqual({
      alg: 'PS256',
      typ: 'JWT',
      'x5t#S256': Buffer.from(sha256, 'hex').toString('base64url'),
    })
    expect(headerOf(await send({ privateKey, thumbprint: sha1 }))).toEqual({
      alg: 'RS256',
      typ: 'JWT',
      x5t: thumbprint('app.pem', 'sha1').toString('base64url'),
    })
    await expect(
      send({ privateKey, thumbprint: sha256 }, { certificateAlgorithm: 'RS256' }),
    ).rejects.toThrow(/AD FS knows certificates by SHA-1/)
  })

  test('may have the thumbprint that it has, and no other', async ({ thumbprint, texts }) => {
    const right = thumbprint('app.pem', 'sha1').toString('hex')

    expect(headerOf(await send({ ...texts, thumbprint: right })).alg).toBe('PS256')
    await expect(send({ ...texts, thumbprint: '0'.repeat(40) })).rejects.toThrow(
      'clientCredential.thumbprint is not that of the certificate. Leave it out.',
    )
  })

  test('that expired is told of when the provider rejects it', async ({ texts }) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3 * 24 * 3600 * 1000 })
    const error = await errorOf(
      create(texts).run(() => {
        throw refusal()
      }),
    )

    expect(error).toMatchObject({
      code: 'provider_error',
      error: 'invalid_client',
      correlationId: 'id-1',
      hint: /^The certificate with the thumbprint [0-9A-F]{40} expired on \d{4}-\d\d-\d\d: make a new one\.$/,
    })
  })

  test('that is rejected must be in the registration', async ({ texts }) => {
    await expect(create(texts).run(() => Promise.reject(refusal()))).rejects.toMatchObject({
      hint: /must be in the app registration/,
    })
  })
})

describe('a function', () => {
  test('is asked for each request with what it needs to know', async () => {
    const assertion = vi.fn<ClientAssertion>(async () => 'aa.bb.cc')
    const { body } = await send(assertion, { tenantId: 'tenant' })

    expect(assertion).toHaveBeenCalledWith({
      clientId: CLIENT,
      tokenEndpoint: ENDPOINT,
      tenantId: 'tenant',
    })
    expect(Object.fromEntries(body)).toEqual({
      client_id: CLIENT,
      client_assertion: 'aa.bb.cc',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    })
  })

  test.each([
    ['nothing', undefined, /returned no text \(undefined\)/],
    ['an object', { token: SECRET }, /returned no text \(object\)/],
    ['an empty text', '', /returned a text that is no JWT/],
    ['a text', SECRET, /returned a text that is no JWT/],
  ])('that returns %s is a fault of configuration', async (_what, value, message) => {
    const error = await errorOf(send(() => value as string))

    expect(error).toMatchObject({ code: 'configuration', message })
    expect(allOf(error)).not.toContain(SECRET)
  })

  test('that fails is told of without its words', async () => {
    const error = await errorOf(send(() => Promise.reject(new TypeError(`token ${SECRET}`))))

    expect(error).toMatchObject({
      code: 'provider_unavailable',
      message: 'The function given as clientCredential failed with an error (TypeError).',
      hint: /Catch and log the error/,
    })
    expect(allOf(error)).not.toContain(SECRET)
  })

  test('that fails with an error of ours fails with that', async () => {
    const fault = new IdentityError('provider_unavailable', 'The endpoint is down.')

    expect(await errorOf(send(() => Promise.reject(fault)))).toBe(fault)
  })

  test('cannot send a user to the provider', async () => {
    const fault = new IdentityError('interaction_required', 'x', { error: 'login_required' })

    await expect(send(() => Promise.reject(fault))).rejects.toMatchObject({
      code: 'provider_unavailable',
    })
  })
})

import { X509Certificate } from 'node:crypto'
import { importX509, jwtVerify } from 'jose'
import type { ClientAssertion } from '../../../src/client/index.ts'
import { IdentityError, withChanges } from '../../../src/errors.ts'
import { isThenable } from '../../../src/maybe-promise.ts'
import { SILENT } from '../../../src/options/start-events.ts'
import { describe, expect, test, vi } from './fixtures.ts'
import { allOf, errorOf } from './openssl.ts'
import {
  apply,
  ASSERTION_REQUEST,
  CLIENT,
  create,
  ENDPOINT,
  headerOf,
  rejection,
  SECRET,
  send,
} from './request.ts'

describe('a secret', () => {
  test('is sent in the body at Microsoft', async () => {
    const { body, headers } = await create(SECRET).run((authenticate) =>
      apply(authenticate, ['client_secret_basic', 'client_secret_post']),
    )

    expect(Object.fromEntries(body)).toEqual({ client_id: CLIENT, client_secret: SECRET })
    expect(headers.get('authorization')).toBeNull()
  })

  test('is sent in the header otherwise', async () => {
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
    'signs an assertion with %s and identifies itself by %s',
    async ([alg, field, digest], { pems, thumbprint }) => {
      const sent = await send(pems, { certificateAlgorithm: alg })

      const assertion = sent.body.get('client_assertion') ?? ''
      const key = await importX509(pems.certificate, alg)
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

  test('signs a new assertion for each request', async ({ pems }) => {
    const authentication = create(pems)
    const one = await authentication.run((authenticate) => apply(authenticate))
    const two = await authentication.run((authenticate) => apply(authenticate))

    expect(one.body.get('client_assertion')).not.toBe(two.body.get('client_assertion'))
  })

  test('is sent with its chain if sendX5c is set, and comes first in it', async ({
    shop,
    pems,
  }) => {
    const certificate = shop.text('new.pem') + shop.text('app.pem')
    const { x5c } = headerOf(await send({ ...pems, certificate, sendX5c: true }))

    expect(x5c).toEqual(
      ['app.pem', 'new.pem'].map((name) =>
        new X509Certificate(shop.text(name)).raw.toString('base64'),
      ),
    )
  })

  test('can be identified by its thumbprint without the certificate', async ({
    pems,
    thumbprint,
    shop,
  }) => {
    const { privateKey } = pems
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
    ).rejects.toThrow(/AD FS identifies certificates by their SHA-1/)
  })

  test('is rejected with the thumbprint of another certificate', async ({ thumbprint, pems }) => {
    const right = thumbprint('app.pem', 'sha1').toString('hex')

    expect(headerOf(await send({ ...pems, thumbprint: right })).alg).toBe('PS256')
    await expect(send({ ...pems, thumbprint: '0'.repeat(40) })).rejects.toThrow(
      'clientCredential.thumbprint is not the thumbprint of the certificate. Remove clientCredential.thumbprint.',
    )
  })

  test('has its expiry in the hint when the provider rejects it after that day', async ({
    pems,
    onTestFinished,
  }) => {
    onTestFinished(() => void vi.useRealTimers())
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3 * 24 * 3600 * 1000 })
    const error = await errorOf(
      create(pems).run(() => {
        throw rejection()
      }),
    )

    expect(error).toMatchObject({
      code: 'provider_error',
      oauthError: 'invalid_client',
      correlationId: 'id-1',
      hint: expect.stringMatching(
        /^The certificate with the thumbprint [0-9A-F]{40} expired on \d{4}-\d\d-\d\d\. Create a new certificate\.$/,
      ),
    })
  })

  test('has its expiry before the causes of the provider’s code', async ({
    pems,
    onTestFinished,
  }) => {
    onTestFinished(() => void vi.useRealTimers())
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3 * 24 * 3600 * 1000 })
    const rejected = withChanges(rejection(), { hint: 'The signature does not match.' })

    await expect(create(pems).run(() => Promise.reject(rejected))).rejects.toMatchObject({
      hint: expect.stringMatching(
        /^The certificate .* expired on .*\. Create a new certificate\. The signature does not match\.$/,
      ),
    })
  })

  test('has the registration in the hint when the provider rejects it', async ({ pems }) => {
    await expect(create(pems).run(() => Promise.reject(rejection()))).rejects.toMatchObject({
      hint: expect.stringMatching(/must be in the app registration/),
    })
  })
})

describe('a function', () => {
  test('is called for each request with the client ID, the token endpoint and the tenant', async () => {
    const assertion = vi.fn<ClientAssertion>(async () => 'aa.bb.cc')
    const { body } = await send(assertion, { tenantId: 'tenant' })

    expect(assertion).toHaveBeenCalledWith({ ...ASSERTION_REQUEST, tenantId: 'tenant' })
    expect(Object.fromEntries(body)).toEqual({
      client_id: CLIENT,
      client_assertion: 'aa.bb.cc',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    })
  })

  test.each([
    ['nothing', undefined, /returned undefined, not a string/],
    ['an object', { token: SECRET }, /returned object, not a string/],
    ['an empty string', '', /returned a string that is not a JWT/],
    ['another string', SECRET, /returned a string that is not a JWT/],
  ])('that returns %s is a configuration error', async (_what, value, message) => {
    const error = await errorOf(send(() => value as string))

    expect(error).toMatchObject({ code: 'configuration', message: expect.stringMatching(message) })
    expect(allOf(error)).not.toContain(SECRET)
  })

  test('that throws is reported without the message of its error', async () => {
    const error = await errorOf(send(() => Promise.reject(new TypeError(`token ${SECRET}`))))

    expect(error).toMatchObject({
      code: 'provider_unavailable',
      message: 'The function given as clientCredential failed with an error (TypeError).',
      hint: expect.stringMatching(/catch and log the error/),
    })
    expect(allOf(error)).not.toContain(SECRET)
  })

  test('that throws an IdentityError of the operator is reported with that error', async () => {
    const fault = new IdentityError('provider_unavailable', 'The endpoint is down.')

    expect(await errorOf(send(() => Promise.reject(fault)))).toBe(fault)
  })

  test('cannot send a user to the provider', async () => {
    const fault = new IdentityError('interaction_required', 'x', { oauthError: 'login_required' })

    await expect(send(() => Promise.reject(fault))).rejects.toMatchObject({
      code: 'provider_unavailable',
    })
  })
})

test('a secret with a date loads the token requests at the start only if it expires soon', async () => {
  const loadsWith = async (seconds: number): Promise<boolean> => {
    vi.resetModules()
    const { authenticateOnDemand } = await import('../../../src/client/create-oauth-client.ts')
    const { loadRequests } = await import('../../../src/client/load-requests.ts')
    const expires = new Date(seconds * 1000)
    const authentication = authenticateOnDemand(
      { secret: SECRET, expires },
      {
        clientId: CLIENT,
        certificateAlgorithm: 'PS256',
        assertionAudience: 'token_endpoint',
        preferredSecretMethod: 'client_secret_post',
        timeoutSeconds: 10,
        expiryWarnings: { events: SILENT, now: () => 0, sent: new Map() },
      },
    )
    await authentication.prepare()
    return !isThenable(loadRequests())
  }

  expect(await loadsWith(30 * 24 * 3600 + 1)).toBe(false)
  expect(await loadsWith(30 * 24 * 3600)).toBe(true)
  vi.resetModules()
})

import type { ClientAuth } from 'openid-client'
import { describe, expect, test as base, vi } from '../../support/fixtures.ts'
import type { ClientCredential } from '../../../src/client/credential/index.ts'
import { IdentityError } from '../../../src/errors.ts'
import { errorOf } from './openssl.ts'
import { apply, create, headerOf, refusal, SECRET, thumbprintOf } from './request.ts'

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
  .extend('other', ({ shop }) => (): ClientCredential => ({
    certificate: shop.text('new.pem'),
    privateKey: shop.text('new.key'),
  }))

describe('a list of credentials', () => {
  test('goes on with the next when one is rejected, and starts with it from then on', async ({
    texts,
    other,
    thumbprint,
  }) => {
    const authentication = create([texts, other() as typeof texts, SECRET])
    const asked: string[] = []
    const request = async (auth: ClientAuth): Promise<string> => {
      const { body } = await apply(auth, ['client_secret_post'])
      const kind = body.get('client_secret') ?? headerOf({ body }).typ ?? ''
      const old = thumbprint('app.pem', 'sha256').toString('base64url')
      const isOld = body.has('client_assertion') && headerOf({ body })['x5t#S256'] === old
      asked.push(isOld ? 'old' : kind)
      if (isOld) throw refusal()
      return 'done'
    }

    expect(await authentication.run(request)).toBe('done')
    expect(await authentication.run(request)).toBe('done')
    expect(asked).toEqual(['old', 'JWT', 'JWT'])
  })

  test('of which none works tells of each', async ({ texts, shop }) => {
    const authentication = create([texts, SECRET, { pfx: shop.path('none.pfx') }])
    let count = 0

    const error = await errorOf(
      authentication.run(() => {
        count += 1
        return Promise.reject(refusal(count))
      }),
    )

    expect(count).toBe(2)
    expect(error).toMatchObject({ error: 'invalid_client', errorCodes: ['AADSTS2'] })
    const { hint } = error as IdentityError
    expect(hint).toMatch(/^None of 3 credentials works\. clientCredential\[0\]: refused \(invalid/)
    expect(hint).toMatch(/AADSTS1\)\. The certificate with the thumbprint/)
    expect(hint).toMatch(/clientCredential\[1\]: refused \(invalid_client AADSTS2\)\./)
    expect(hint).toMatch(/clientCredential\[2\]\.pfx: there is no such file: .*none\.pfx\./)
  })

  test('passes by what cannot be used here', async ({ shop }) => {
    const failing = (): string => {
      throw new Error('no identity on this machine')
    }
    const { body } = await create([{ pfx: shop.path('none.pfx') }, failing, SECRET]).run((auth) =>
      apply(auth, ['client_secret_post']),
    )

    expect(body.get('client_secret')).toBe(SECRET)
  })

  test('of which none can be used tells of the first', async ({ shop }) => {
    await expect(
      create([{ pfx: shop.path('none.pfx') }, () => '']).run((auth) => apply(auth)),
    ).rejects.toMatchObject({ code: 'configuration', message: /no such file/, hint: /None of 2/ })
  })

  test('is not gone through for errors of another kind', async () => {
    const request = vi.fn<() => Promise<void>>(() =>
      Promise.reject(new IdentityError('interaction_required', 'x', { error: 'invalid_grant' })),
    )

    await expect(create([SECRET, 'another']).run(request)).rejects.toMatchObject({
      code: 'interaction_required',
    })
    expect(request).toHaveBeenCalledTimes(1)
  })

  test('that is empty is told of', async () => {
    await expect(create([]).run((auth) => apply(auth))).rejects.toThrow(/an empty list/)
  })

  test('is not gone through for what is no answer of a provider', async () => {
    const fault = new TypeError('a fault of the request')
    const request = vi.fn<() => Promise<void>>(() => Promise.reject(fault))

    expect(await errorOf(create([SECRET, 'another']).run(request))).toBe(fault)
    expect(request).toHaveBeenCalledTimes(1)
  })

  test('goes on from the one that the provider recognized, though it rejected the request', async () => {
    const authentication = create(['old', 'new'])
    const asked: (string | null)[] = []
    const request = async (auth: ClientAuth): Promise<void> => {
      const secret = (await apply(auth, ['client_secret_post'])).body.get('client_secret')
      asked.push(secret)
      throw secret === 'old'
        ? refusal()
        : new IdentityError('interaction_required', 'x', { error: 'invalid_grant' })
    }

    await errorOf(authentication.run(request))
    await errorOf(authentication.run(request))

    expect(asked).toEqual(['old', 'new', 'new'])
  })

  test('is prepared at start, and the first fault is told', async ({ texts, shop }) => {
    await expect(
      create([texts, { certificate: shop.path('a.pem') }, { pfx: shop.path('b.pfx') }]).prepare(),
    ).rejects.toMatchObject({
      code: 'configuration',
      message: /^clientCredential\[1\]\.certificate: there is no such file: .*a\.pem\.$/,
    })
    await expect(create([SECRET, texts, () => 'a.b.c']).prepare()).resolves.toBeUndefined()
  })
})

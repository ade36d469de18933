import type { ClientAuth } from 'openid-client'
import type { ClientCredential } from '../../../src/client/index.ts'
import { IdentityError } from '../../../src/errors.ts'
import { describe, expect, test as base, vi } from './fixtures.ts'
import { errorOf } from './openssl.ts'
import { apply, create, headerOf, rejection, SECRET } from './request.ts'

const test = base.extend('other', ({ shop }) => (): ClientCredential => ({
  certificate: shop.text('new.pem'),
  privateKey: shop.text('new.key'),
}))

describe('a list of credentials', () => {
  test('continues with the next credential after a rejection, and uses that one from then on', async ({
    pems,
    other,
    thumbprint,
  }) => {
    const authentication = create([pems, other() as typeof pems, SECRET])
    const asked: string[] = []
    const request = async (auth: ClientAuth): Promise<string> => {
      const { body } = await apply(auth, ['client_secret_post'])
      const kind = body.get('client_secret') ?? headerOf({ body }).typ ?? ''
      const old = thumbprint('app.pem', 'sha256').toString('base64url')
      const isOld = body.has('client_assertion') && headerOf({ body })['x5t#S256'] === old
      asked.push(isOld ? 'old' : kind)
      if (isOld) throw rejection()
      return 'done'
    }

    expect(await authentication.run(request)).toBe('done')
    expect(await authentication.run(request)).toBe('done')
    expect(asked).toEqual(['old', 'JWT', 'JWT'])
  })

  test('is not tried on when the redirect URI is wrong, which Entra ID also calls invalid_client', async ({
    pems,
  }) => {
    const authentication = create([pems, SECRET])
    const request = vi.fn(() => Promise.reject(rejection(500_112)))

    await errorOf(authentication.run(request))

    expect(request).toHaveBeenCalledOnce()
  })

  test('whose credentials all fail has a hint about each of them', async ({ pems, shop }) => {
    const authentication = create([pems, SECRET, { pfx: shop.path('none.pfx') }])
    let count = 0

    const error = await errorOf(
      authentication.run(() => {
        count += 1
        return Promise.reject(rejection(count))
      }),
    )

    expect(count).toBe(2)
    expect(error).toMatchObject({ oauthError: 'invalid_client', microsoftCodes: ['AADSTS2'] })
    const { hint } = error as IdentityError
    expect(hint).toMatch(/^All 3 credentials failed\. clientCredential\[0\]: rejected \(invalid/)
    expect(hint).toMatch(/AADSTS1\)\. The certificate with the thumbprint/)
    expect(hint).toMatch(/clientCredential\[1\]: rejected \(invalid_client AADSTS2\)\./)
    expect(hint).toMatch(/clientCredential\[2\]\.pfx: the file does not exist: .*none\.pfx\./)
  })

  test('skips the credentials that cannot be used on this machine', async ({ shop }) => {
    const failing = (): string => {
      throw new Error('no identity on this machine')
    }
    const { body } = await create([{ pfx: shop.path('none.pfx') }, failing, SECRET]).run((auth) =>
      apply(auth, ['client_secret_post']),
    )

    expect(body.get('client_secret')).toBe(SECRET)
  })

  test('skips variables that are not set, and counts them in messages', async () => {
    const asked: (string | null)[] = []
    const error = await errorOf(
      create([undefined, 'new', undefined, 'old']).run(async (auth: ClientAuth) => {
        asked.push((await apply(auth, ['client_secret_post'])).body.get('client_secret'))
        throw rejection()
      }),
    )

    expect(asked).toEqual(['new', 'old'])
    expect((error as IdentityError).hint).toMatch(
      /^All 2 credentials failed\. clientCredential\[1\]: .* clientCredential\[3\]: /,
    )
  })

  test('without a usable credential reports the first one', async ({ shop }) => {
    await expect(
      create([{ pfx: shop.path('none.pfx') }, () => '']).run((auth) => apply(auth)),
    ).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringMatching(/does not exist/),
      hint: expect.stringMatching(/All 2 credentials failed/),
    })
  })

  test('does not continue after an error that is not a rejection of the client', async () => {
    const request = vi.fn<() => Promise<void>>(() =>
      Promise.reject(
        new IdentityError('interaction_required', 'x', { oauthError: 'invalid_grant' }),
      ),
    )

    await expect(create([SECRET, 'another']).run(request)).rejects.toMatchObject({
      code: 'interaction_required',
    })
    expect(request).toHaveBeenCalledTimes(1)
  })

  test('without a credential is a configuration error', async () => {
    await expect(create([]).run((auth) => apply(auth))).rejects.toThrow(/an empty list\. Add/)
  })

  test('does not continue after an error that is not an OAuth error', async () => {
    const fault = new TypeError('a fault of the request')
    const request = vi.fn<() => Promise<void>>(() => Promise.reject(fault))

    expect(await errorOf(create([SECRET, 'another']).run(request))).toBe(fault)
    expect(request).toHaveBeenCalledTimes(1)
  })

  test('continues to use the credential that the provider accepted, although the provider rejected the request', async () => {
    const authentication = create(['old', 'new'])
    const asked: (string | null)[] = []
    const request = async (auth: ClientAuth): Promise<void> => {
      const secret = (await apply(auth, ['client_secret_post'])).body.get('client_secret')
      asked.push(secret)
      throw secret === 'old'
        ? rejection()
        : new IdentityError('interaction_required', 'x', { oauthError: 'invalid_grant' })
    }

    await errorOf(authentication.run(request))
    await errorOf(authentication.run(request))

    expect(asked).toEqual(['old', 'new', 'new'])
  })

  test('is prepared at the start, and the first error is reported', async ({ pems, shop }) => {
    await expect(
      create([pems, { certificate: shop.path('a.pem') }, { pfx: shop.path('b.pfx') }]).prepare(),
    ).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringMatching(
        /^clientCredential\[1\]\.certificate: the file does not exist: .*a\.pem\. Correct the path\./,
      ),
    })
    await expect(create([SECRET, pems, () => 'a.b.c']).prepare()).resolves.toBeUndefined()
  })
})

import { decodeProtectedHeader } from 'jose'
import { requestCount } from '../../support/attack.ts'
import { expectVerifications, verificationsDuring } from '../../support/protected-api.ts'
import {
  describe,
  expect,
  CONTOSO,
  FABRIKAM,
  TODO_API,
  TODO_URI,
  OLD_API,
  DAY,
  test,
  expectRejected,
  expectAccepted,
  changeKeys,
  attackerJwk,
  attackerKey,
} from './guarded-api.ts'

describe('a key id', () => {
  test.for([
    'unknown',
    '',
    ' ',
    '../../../../../../dev/null',
    "x' UNION SELECT 'AAAA",
    '$(id)',
    '__proto__',
    'constructor',
    '0',
    'http://localhost/key.pem',
    'x'.repeat(3000),
  ])('that the provider does not publish is rejected: %s', async (kid, { open, alexToken }) => {
    await expectRejected(
      await open(),
      await alexToken({ header: { kid }, key: 'stranger' }),
      'its key is unknown',
    )
  })

  test.for([
    ['a list', (kid: string): unknown => [kid]],
    ['a number', (): unknown => 0],
    ['an object', (kid: string): unknown => ({ kid, toString: 1 })],
    ['null', (): unknown => null],
    ['true', (): unknown => true],
  ] as const)(
    'that is not a string is rejected, even with a valid signature: %s',
    async ([, change], { alexToken, open }) => {
      const { kid = '' } = decodeProtectedHeader(await alexToken())

      await expectRejected(
        await open(),
        await alexToken({ header: { kid: change(kid) } }),
        'its key ID (kid) is not a string',
      )
    },
  )

  test('that changes with each forgery does not cause requests to the provider', async ({
    open,
    alexToken,
    provider,
    clock,
  }) => {
    const api = await open()
    await expectAccepted(api, await alexToken())
    const before = requestCount(provider, 'keys')
    const forge = (kid: string): Promise<string> => alexToken({ header: { kid }, key: 'stranger' })
    clock.advance(40)

    for (let index = 0; index < 40; index++) {
      await api.call('/any', await forge(`forged-${index}`))
      await api.call('/any', await forge(`${'x'.repeat(300)}${index}`))
    }

    expect(requestCount(provider, 'keys') - before).toBe(1)
    expect(api.acceptedTokens).toHaveLength(1)
  })
})

describe('a key set with thousands of keys', () => {
  test('does not make a forged token without a key ID expensive', async ({
    open,
    provider,
    alexToken,
  }) => {
    provider.tamper = {
      jwks: ({ keys }) => ({
        keys: [
          ...keys,
          ...Array.from({ length: 1500 }, () => ({ ...attackerJwk, kid: undefined })),
        ],
      }),
    }
    const api = await open()
    const forged = await alexToken({ header: { kid: undefined }, key: 'stranger' })

    const verifications = await verificationsDuring(() =>
      expectRejected(api, forged, 'its signature is wrong'),
    )

    expect(verifications).toBe(20)
    await expectAccepted(api, await alexToken())
  })
})

describe('a key of another issuer', () => {
  test.for(['common', 'organizations', CONTOSO])(
    'of personal accounts cannot sign for an organization at %s',
    async (tenant, { open, provider, consumers }) => {
      const api = await open({ authority: provider.authority(tenant) })
      const request = { as: 'alex', api: TODO_API }

      await expectRejected(api, await consumers(request), 'its key belongs to another issuer')
      await expectRejected(
        api,
        await consumers({ ...request, header: { kid: undefined } }),
        'its key belongs to another issuer',
      )
    },
  )

  test.for(['common', 'organizations', CONTOSO])(
    'of personal accounts cannot sign version 1 tokens for an organization at %s',
    async (tenant, { open, provider, consumers }) => {
      const api = await open({ authority: provider.authority(tenant) })

      const request = { as: 'alex', api: OLD_API, claims: { aud: TODO_URI } }

      await expectRejected(api, await consumers(request), 'its key')
      await expectRejected(
        api,
        await consumers({ ...request, header: { kid: undefined } }),
        'its key',
      )
    },
  )

  describe('that only the key set of version 1 contains', () => {
    const version1 = { as: 'alex', api: OLD_API, claims: { aud: TODO_URI }, key: attackerKey }

    test.for([
      ['with a key ID', { kid: 'only-in-version-1' }],
      ['without a key ID', { kid: undefined }],
    ] as const)('cannot sign version 1 tokens, %s', async ([, { kid }], { open, provider }) => {
      provider.tamper = {
        jwks: ({ keys }) => ({
          // Only keys of version 2 name their issuer.
          keys: keys.some((key) => 'issuer' in key) ? keys : [...keys, { ...attackerJwk, kid }],
        }),
      }
      const token = await provider.accessToken({ ...version1, header: { kid } })

      await expectRejected(
        await open({ authority: provider.authority(CONTOSO) }),
        token,
        'its key is not in the key set of version 2',
      )
    })

    test('cannot take the key ID of another key', async ({ open, provider }) => {
      const { kid } = decodeProtectedHeader(await provider.accessToken({ as: 'alex' }))
      provider.tamper = {
        jwks: ({ keys }) => ({
          keys: keys.some((key) => 'issuer' in key) ? keys : [{ ...attackerJwk, kid }],
        }),
      }

      await expectRejected(
        await open({ authority: provider.authority(CONTOSO) }),
        await provider.accessToken({ ...version1, header: { kid } }),
        'its key is not in the key set of version 2',
      )
    })
  })

  test('of another cloud is rejected', async ({ provider, open, alexToken }) => {
    provider.tamper = {
      jwks: changeKeys((key) => ({ ...key, cloud_instance_name: 'microsoftonline.us' })),
    }

    await expectRejected(await open(), await alexToken(), 'its key belongs to another cloud')
  })

  test('with another tenant as its issuer is rejected', async ({ provider, open, alexToken }) => {
    provider.tamper = {
      jwks: changeKeys((key) => ({ ...key, issuer: `${provider.origin}/${FABRIKAM}/v2.0` })),
    }

    await expectRejected(await open(), await alexToken(), 'its key belongs to another issuer')
  })
})

describe('a removed key', () => {
  test('invalidates the cached tokens that it signed two hours after a newer key was found', async ({
    alexToken,
    openWithCachedToken,
    provider,
    clock,
  }) => {
    const old = await alexToken({ expiresIn: DAY })
    const api = await openWithCachedToken(old)
    await provider.rollKeys({ keepOld: false })
    clock.advance(40)
    await expectAccepted(api, await alexToken())
    clock.advance(2 * 3600)

    const response = await api.call('/any', old)

    expect(response.status).toBe(401)
    expect(response.challenge?.['error_description']).toContain('its key is unknown')
  })

  test('invalidates them after a day and two hours, for any caller', async ({
    alexToken,
    openWithCachedToken,
    provider,
    clock,
  }) => {
    const old = await alexToken({ expiresIn: 3 * DAY })
    const api = await openWithCachedToken(old)
    await provider.rollKeys({ keepOld: false })
    clock.advance(DAY - 1)
    await expectVerifications(api, old, { times: 0, path: '/any' })
    clock.advance(2)
    await expectVerifications(api, old, { times: 1, path: '/any' })
    clock.advance(2 * 3600)

    const response = await api.call('/any', old)

    expect(response.status).toBe(401)
    expect(response.challenge?.['error_description']).toContain('its key is unknown')
  })

  test('does not affect the tokens of other keys', async ({
    alexToken,
    openWithCachedToken,
    provider,
    clock,
  }) => {
    const old = await alexToken()
    const api = await openWithCachedToken(old)
    await provider.rollKeys()
    clock.advance(40)

    await expectAccepted(api, await alexToken())
    await expectVerifications(api, old, { times: 0, path: '/any' })
  })
})

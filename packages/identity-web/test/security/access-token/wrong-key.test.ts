import { decodeProtectedHeader } from 'jose'
import { asked } from '../../support/attack.ts'
import { expectVerified } from '../../support/protected-api.ts'
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
  expectRefused,
  expectLetIn,
  changeKeys,
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
  ])('that the provider does not have is rejected: %s', async (kid, { open, alexs }) => {
    await expectRefused(
      await open(),
      await alexs({ header: { kid }, key: 'stranger' }),
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
    'that is not a string is rejected, though the right key signed: %s',
    async ([, change], { alexs, open }) => {
      const { kid = '' } = decodeProtectedHeader(await alexs())

      await expectRefused(
        await open(),
        await alexs({ header: { kid: change(kid) } }),
        'its key ID (kid) is not a string',
      )
    },
  )

  test('that is forged anew each time does not make us ask the provider', async ({
    open,
    alexs,
    provider,
    clock,
  }) => {
    const api = await open()
    await expectLetIn(api, await alexs())
    const before = asked(provider, 'keys')
    const forge = (kid: string): Promise<string> => alexs({ header: { kid }, key: 'stranger' })
    clock.advance(40)

    for (let index = 0; index < 40; index++) {
      await api.call('/any', await forge(`forged-${index}`))
      await api.call('/any', await forge(`${'x'.repeat(300)}${index}`))
    }

    expect(asked(provider, 'keys') - before).toBe(1)
    expect(api.letIn).toHaveLength(1)
  })
})

describe('the key of somebody else', () => {
  test.for(['common', 'organizations', CONTOSO])(
    'of personal accounts does not sign for an organisation at %s',
    async (tenant, { open, provider, consumers }) => {
      const api = await open({ authority: provider.authority(tenant) })
      const request = { as: 'alex', api: TODO_API }

      await expectRefused(api, await consumers(request), 'its key belongs to another issuer')
      await expectRefused(
        api,
        await consumers({ ...request, header: { kid: undefined } }),
        'its key belongs to another issuer',
      )
    },
  )

  test.for(['common', 'organizations', CONTOSO])(
    'of personal accounts does not sign version 1 tokens for an organisation at %s',
    async (tenant, { open, provider, consumers }) => {
      const api = await open({ authority: provider.authority(tenant) })

      const request = { as: 'alex', api: OLD_API, claims: { aud: TODO_URI } }

      await expectRefused(api, await consumers(request), 'its key')
      await expectRefused(
        api,
        await consumers({ ...request, header: { kid: undefined } }),
        'its key',
      )
    },
  )

  test('is one of another cloud', async ({ provider, open, alexs }) => {
    provider.tamper = {
      jwks: changeKeys((key) => ({ ...key, cloud_instance_name: 'microsoftonline.us' })),
    }

    await expectRefused(await open(), await alexs(), 'its key belongs to another cloud')
  })

  test('is one that names another tenant as its issuer', async ({ provider, open, alexs }) => {
    provider.tamper = {
      jwks: changeKeys((key) => ({ ...key, issuer: `${provider.origin}/${FABRIKAM}/v2.0` })),
    }

    await expectRefused(await open(), await alexs(), 'its key belongs to another issuer')
  })
})

describe('a key that is gone', () => {
  test('takes the tokens along that were verified with it, once a newer one is seen', async ({
    alexs,
    openKnowing,
    provider,
    clock,
  }) => {
    const old = await alexs()
    const api = await openKnowing(old)
    await provider.rollKeys({ keepOld: false })
    clock.advance(40)
    await expectLetIn(api, await alexs())

    const reply = await api.call('/any', old)

    expect(reply.status).toBe(401)
    expect(reply.challenge?.['error_description']).toContain('its key is unknown')
  })

  test('takes them along after a day, whoever calls', async ({
    alexs,
    openKnowing,
    provider,
    clock,
  }) => {
    const old = await alexs({ expiresIn: 3 * DAY })
    const api = await openKnowing(old)
    await provider.rollKeys({ keepOld: false })
    clock.advance(DAY - 1)
    await expectVerified(api, old, { times: 0, path: '/any' })
    clock.advance(2)

    const reply = await api.call('/any', old)

    expect(reply.status).toBe(401)
    expect(reply.challenge?.['error_description']).toContain('its key is unknown')
  })

  test('leaves the tokens of the others alone', async ({ alexs, openKnowing, provider, clock }) => {
    const old = await alexs()
    const api = await openKnowing(old)
    await provider.rollKeys()
    clock.advance(40)

    await expectLetIn(api, await alexs())
    await expectVerified(api, old, { times: 0, path: '/any' })
  })
})

import { startApi } from '../../support/api.ts'
import { describe, expect, attackersKey, attackersJwk, test, expectRefused } from './guarded-api.ts'

describe('a key that the token brings along', () => {
  test.for(['jku', 'x5u'])(
    'is not fetched from where %s says',
    async (parameter, { open, alexs }) => {
      const attacker = await startApi()
      const url = `${attacker.url}/keys`
      const api = await open()

      await expectRefused(
        api,
        await alexs({ header: { kid: 'mine', [parameter]: url }, key: attackersKey }),
        'its key is unknown',
      )
      await expectRefused(
        api,
        await alexs({ header: { [parameter]: url }, key: attackersKey }),
        'its signature is wrong',
      )
      expect(attacker.calls).toEqual([])
    },
  )

  test.for([
    ['jwk', (): unknown => attackersJwk],
    ['x5c', (): unknown => ['MIIB']],
  ] as const)('is not taken from %s', async ([parameter, value], { open, alexs }) => {
    const api = await open()
    const header = { [parameter]: value() }

    await expectRefused(
      api,
      await alexs({ header: { ...header, kid: 'mine' }, key: attackersKey }),
      'its key is unknown',
    )
    await expectRefused(api, await alexs({ header, key: attackersKey }), 'its signature is wrong')
    await expectRefused(
      api,
      await alexs({ header: { ...header, kid: undefined }, key: attackersKey }),
      'its signature is wrong',
    )
  })
})

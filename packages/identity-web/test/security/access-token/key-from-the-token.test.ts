import { startApi } from '../../support/api.ts'
import { describe, expect, attackerKey, attackerJwk, test, expectRejected } from './guarded-api.ts'

describe('a key that the token contains', () => {
  test.for(['jku', 'x5u'])(
    'is not fetched from the URL in %s',
    async (parameter, { open, alexToken }) => {
      const attacker = await startApi()
      const url = `${attacker.url}/keys`
      const api = await open()

      await expectRejected(
        api,
        await alexToken({ header: { kid: 'mine', [parameter]: url }, key: attackerKey }),
        'its key is unknown',
      )
      await expectRejected(
        api,
        await alexToken({ header: { [parameter]: url }, key: attackerKey }),
        'its signature is wrong',
      )
      expect(attacker.calls).toEqual([])
    },
  )

  test.for([
    ['jwk', (): unknown => attackerJwk],
    ['x5c', (): unknown => ['MIIB']],
  ] as const)('is not read from %s', async ([parameter, value], { open, alexToken }) => {
    const api = await open()
    const header = { [parameter]: value() }

    await expectRejected(
      api,
      await alexToken({ header: { ...header, kid: 'mine' }, key: attackerKey }),
      'its key is unknown',
    )
    await expectRejected(
      api,
      await alexToken({ header, key: attackerKey }),
      'its signature is wrong',
    )
    await expectRejected(
      api,
      await alexToken({ header: { ...header, kid: undefined }, key: attackerKey }),
      'its signature is wrong',
    )
  })
})

import {
  describe,
  DAY,
  START,
  test,
  expect,
  expectRejected,
  expectAccepted,
} from './guarded-api.ts'

describe('the times of a token', () => {
  test.for([
    ['exp', -59],
    ['nbf', 59],
    ['nbf', 60],
    ['iat', 59],
    ['iat', 60],
  ] as const)(
    'can differ a little: %s by %i seconds',
    async ([claim, offset], { open, tokenWithClaims }) => {
      await expectAccepted(await open(), await tokenWithClaims({ [claim]: START + offset }))
    },
  )

  test.for([
    ['exp', -60, 'it has expired'],
    ['exp', -61, 'it has expired'],
    ['exp', -DAY, 'it has expired'],
    ['nbf', 61, 'it is not valid yet (nbf)'],
    ['nbf', DAY, 'it is not valid yet (nbf)'],
    ['iat', 61, 'it was issued in the future (iat)'],
    ['iat', DAY, 'it was issued in the future (iat)'],
  ] as const)(
    'cannot differ more: %s by %i seconds',
    async ([claim, offset, reason], { open, tokenWithClaims }) => {
      await expectRejected(await open(), await tokenWithClaims({ [claim]: START + offset }), reason)
    },
  )

  test.for([
    ['exp', -120, 'If it sent a new token, the clock of this server is wrong'],
    ['exp', -3600, 'The client must request a new token'],
    ['nbf', 3600, 'Check the clock of this server'],
  ] as const)(
    'suggest a wrong clock only if it can be the cause: %s by %i seconds',
    async ([claim, offset, hint], { open, tokenWithClaims }) => {
      const api = await open()
      await api.call('/any', await tokenWithClaims({ [claim]: START + offset }))

      const log = api.logs.join('\n')
      expect(log).toContain(hint)
      expect(log.includes('clock')).toBe(offset !== -3600)
      expect(log).not.toContain('Auth({')
    },
  )

  test.for([
    ['exp', undefined, 'it has expired'],
    ['exp', null, 'it has expired'],
    ['exp', String(START + 600), 'it has expired'],
    ['exp', [START + 600], 'it has expired'],
    ['exp', {}, 'it has expired'],
    ['exp', true, 'it has expired'],
    ['nbf', String(START - 600), '(nbf)'],
    ['nbf', null, '(nbf)'],
    ['nbf', [], '(nbf)'],
    ['iat', String(START - 600), '(iat)'],
    ['iat', null, '(iat)'],
    ['iat', {}, '(iat)'],
  ] as const)(
    'must be numbers: %s cannot be %o',
    async ([claim, value, reason], { open, tokenWithClaims }) => {
      await expectRejected(await open(), await tokenWithClaims({ [claim]: value }), reason)
    },
  )

  test.for([
    ['exp', -299],
    ['nbf', 300],
    ['iat', 300],
  ] as const)(
    'can differ more with clockToleranceSeconds: %s by %i seconds',
    async ([claim, offset], { open, tokenWithClaims }) => {
      const api = await open({ clockToleranceSeconds: 300 })

      await expectAccepted(api, await tokenWithClaims({ [claim]: START + offset }))
    },
  )

  test('must be exact with clockToleranceSeconds: 0', async ({ open, tokenWithClaims }) => {
    const api = await open({ clockToleranceSeconds: 0 })

    await expectRejected(api, await tokenWithClaims({ exp: START }), 'it has expired')
    await expectRejected(api, await tokenWithClaims({ iat: START + 1 }), '(iat)')
  })

  test('are in the error, beside the time of this server', async ({ open, tokenWithClaims }) => {
    const api = await open()
    const time = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 19)

    await expectRejected(
      api,
      await tokenWithClaims({ iat: START + 600 }),
      `it was issued in the future (iat). The time in the token is ${time(START + 600)}Z, and the time of this server is ${time(START)}`,
    )
    expect(api.logs.join()).toContain('clockToleranceSeconds is 60 now')
  })

  test('do not lead to the cause "clock" without a valid signature', async ({
    open,
    tokenWithClaims,
  }) => {
    const api = await open()
    const token = await tokenWithClaims({ iat: START + 600 })

    await expectRejected(api, `${token.slice(0, -8)}AAAAAAAA`, 'signature')
    expect(api.logs.join()).not.toContain('clock')
  })

  test.for(['nbf', 'iat'])('can omit %s', async (claim, { open, tokenWithClaims }) => {
    await expectAccepted(await open(), await tokenWithClaims({ [claim]: undefined }))
  })
})

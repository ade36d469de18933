import { describe, DAY, START, test, expectRejected, expectAccepted } from './guarded-api.ts'

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

  test.for(['nbf', 'iat'])('can omit %s', async (claim, { open, tokenWithClaims }) => {
    await expectAccepted(await open(), await tokenWithClaims({ [claim]: undefined }))
  })
})

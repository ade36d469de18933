import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { OPERATOR_HINTS, operatorHint } from '../../src/client/hints/operator-hints.ts'

const PAGE = new URL('../../../../docs/microsoft-errors.md', import.meta.url)

// Common codes of Microsoft's error reference.
const ENTRA = [
  50011, 500113, 50194, 9001023, 700016, 7000215, 7000218, 7000222, 700027, 700024, 700025, 7000112,
  7000114, 500133, 700022, 70011, 54005, 700005, 50105, 50020, 50034, 51004, 53000, 53001, 53003,
  530032, 65001, 65004, 90094, 90095, 90033, 50196, 50173, 70008, 700082, 700084, 70043, 50089,
  50132, 50133, 50057, 50058, 50076, 50078, 50079, 50158, 16000, 900382, 900432, 901002, 700054,
  9002313, 9002325, 9002326, 9002327, 9002332, 500208, 700229, 240002, 1000502, 7000214, 7000274,
  7000277, 28000, 70000, 500112, 50027, 500131, 90010, 90011, 50126, 7000216,
]
const B2C = [
  90006, 90008, 90011, 90018, 90037, 90043, 90057, 90068, 90079, 90080, 90085, 90088, 90091, 90115,
  90117, 90118, 90128, 90129, 90273, 90090,
]

describe('operatorHint', () => {
  test.each([...ENTRA.map((code) => `AADSTS${code}`), ...B2C.map((code) => `AADB2C${code}`)])(
    'has a hint for %s',
    (code) => {
      expect(operatorHint([code])).toBeTypeOf('string')
    },
  )

  test('contains the cause and the setting to change', () => {
    expect(operatorHint(['AADSTS50011'])).toBe(
      'The redirect URI of the request is not registered. Open Authentication in the app registration, and add the exact value of redirectUri (IDENTITY_REDIRECT_URI) to the platform Web.',
    )
    expect(operatorHint(['AADB2C90118'])).toContain('IDENTITY_B2C_RESET_PASSWORD_USER_FLOW')
  })

  test('uses the first code that has a hint', () => {
    expect(operatorHint(['AADSTS99999', 'AADSTS7000222', 'AADSTS50011'])).toContain('has expired')
  })

  test('does not mix up the numbers of Entra ID and of Azure AD B2C', () => {
    expect(operatorHint(['AADSTS90118'])).toBeUndefined()
    expect(operatorHint(['AADB2C50011'])).toBeUndefined()
  })

  test.each(['invalid_client', 'temporarily_unavailable', 'server_error'])(
    'uses the hint of %s for a Microsoft code that does not have one',
    (error) => {
      const standard = operatorHint([], error)

      expect(standard).toBeTypeOf('string')
      expect(operatorHint(['AADSTS99999'], error, 'client_credentials')).toBe(standard)
      expect(operatorHint(['AADSTS7000222'], error)).toContain('has expired')
    },
  )

  test.each(['invalid_grant', 'invalid_request', 'unauthorized_client', 'access_denied'])(
    'does not guess the cause of an unknown Microsoft code from %s',
    (error) => {
      expect(operatorHint([], error)).toBeTypeOf('string')
      expect(operatorHint(['AADSTS99999'], error)).toBeUndefined()
    },
  )

  test.each([[[]], [['AADSTS99999']], [['']], [['__proto__']], [['constructor']], [['50011']]])(
    'returns undefined for %j',
    (codes) => {
      expect(operatorHint(codes)).toBeUndefined()
    },
  )
})

describe('every hint', () => {
  const hints = [...OPERATOR_HINTS]

  test.each(hints)(
    '%s has a whole code, a cause and a remedy in sentences',
    (code, [cause, remedy]) => {
      expect(code).toMatch(/^(AADSTS\d{4,8}|AADB2C\d{4,6})$/)
      for (const sentence of [cause, remedy]) expect(sentence).toMatch(/^[A-Z].*[^.]\.$/)
    },
  )

  test('is in docs/microsoft-errors.md, which does not contain other codes', () => {
    const rows = readFileSync(PAGE, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.replaceAll(/ +/g, ' '))

    expect(rows).toEqual(
      hints
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([code, [cause, remedy]]) => `| \`${code}\` | ${cause} | ${remedy} |`),
    )
  })
})

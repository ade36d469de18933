import { describe, expect, test } from 'vitest'
import { providerError } from '../../src/client/provider-error.ts'

const codesOf = (fields: object): readonly string[] | undefined =>
  providerError('the sign-in', { error: 'invalid_request', ...fields }).errorCodes

describe('the codes of a provider’s error', () => {
  test('of a token endpoint are numbers of Entra ID', () => {
    const error_description = 'AADSTS50034: The account is not here.'

    expect(codesOf({ error_codes: [50034, 50020], error_description })).toEqual([
      'AADSTS50034',
      'AADSTS50020',
    ])
  })

  test.each([
    ['AADSTS50011: The redirect URI does not match.', ['AADSTS50011']],
    ['AADB2C90118: The user has forgotten their password.\r\nCorrelation ID: 1', ['AADB2C90118']],
    ['AADB2C90273: Refused: AADSTS9002325: AADSTS9002325', ['AADB2C90273', 'AADSTS9002325']],
    ['AADSTS123456789 AADB2C1234567 AADSTS12 aadsts50011', []],
    ['No code at all', []],
    [undefined, []],
  ])('of a redirect are in the text: %j', (error_description, codes) => {
    expect(codesOf({ error_description })).toEqual(codes)
  })

  test.each<[unknown]>([
    [[]],
    ['50011'],
    [[null, {}, 'x', -50011, 1.5, [50011], { toString: 1, valueOf: 1 }]],
    [null],
  ])('are in the text where error_codes is %j', (error_codes) => {
    const error_description = 'AADSTS700016: There is no such application.'

    expect(codesOf({ error_codes, error_description })).toEqual(['AADSTS700016'])
  })

  test('are ten at most', () => {
    expect(codesOf({ error_codes: Array.from({ length: 50 }, () => 50011) })).toHaveLength(10)
  })

  test('bring the hint for the operator', () => {
    const { hint } = providerError('the sign-in', { error_codes: [7000222] })

    expect(hint).toContain('IDENTITY_CLIENT_SECRET')
    expect(providerError('the sign-in', { error_codes: [99999] }).hint).toBeUndefined()
  })
})

describe('a provider’s error', () => {
  test.each(['suberror', 'error_subcode'])('keeps what %s says', (name) => {
    expect(providerError('x', { error: 'invalid_grant', [name]: 'bad_token' }).suberror).toBe(
      'bad_token',
    )
  })

  test('keeps suberror short, plain and without what was sent', () => {
    const suberror = `bad\u0000\u202Etoken s3cret ${'x'.repeat(100)}`

    const error = providerError('x', { suberror }, ['s3cret'])

    expect(error.suberror).toMatch(/^bad token \[redacted\] x+$/)
    expect(error.suberror).toHaveLength(60)
    expect(providerError('x', { suberror: 7 }).suberror).toBeUndefined()
  })

  test('keeps a claims request, and nothing that is none', () => {
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}'

    expect(providerError('x', { claims }).claims).toBe(claims)
    expect(providerError('x', { claims: 'c1' }).claims).toBeUndefined()
    expect(providerError('x', { claims: { access_token: {} } }).claims).toBeUndefined()
  })
})

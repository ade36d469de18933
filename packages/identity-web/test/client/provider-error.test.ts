import { describe, expect, test } from 'vitest'
import { providerError } from '../../src/client/provider-error.ts'

const codesOf = async (fields: object): Promise<readonly string[] | undefined> =>
  providerError('the sign-in', { error: 'invalid_request', ...fields }).microsoftCodes

describe('the codes of a provider’s error', () => {
  test('come from the numbers of Entra ID in a token response', async () => {
    const error_description = 'AADSTS50034: The account is not here.'

    expect(await codesOf({ error_codes: [50034, 50020], error_description })).toEqual([
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
  ])('come from the description in a redirect: %j', async (error_description, codes) => {
    expect(await codesOf({ error_description })).toEqual(codes)
  })

  test.each<[unknown]>([
    [[]],
    ['50011'],
    [[null, {}, 'x', -50011, 1.5, [50011], { toString: 1, valueOf: 1 }]],
    [null],
  ])('come from the description if error_codes is %j', async (error_codes) => {
    const error_description = 'AADSTS700016: There is no such application.'

    expect(await codesOf({ error_codes, error_description })).toEqual(['AADSTS700016'])
  })

  test('are at most ten', async () => {
    expect(await codesOf({ error_codes: Array.from({ length: 50 }, () => 50011) })).toHaveLength(10)
  })

  test('select the hint for the operator', async () => {
    const { hint } = providerError('the sign-in', { error_codes: [7000222] })

    expect(hint).toContain('IDENTITY_CLIENT_SECRET')
    expect(providerError('the sign-in', { error_codes: [99999] }).hint).toBeUndefined()
  })
})

describe('a provider’s error', () => {
  test.each(['suberror', 'error_subcode'])('keeps the value of %s', async (name) => {
    expect(providerError('x', { error: 'invalid_grant', [name]: 'bad_token' }).suberror).toBe(
      'bad_token',
    )
  })

  test('keeps suberror short, without control characters and without secrets of the request', async () => {
    const suberror = `bad\u0000\u202Etoken s3cret ${'x'.repeat(100)}`

    const error = providerError('x', { suberror }, { secrets: ['s3cret'] })

    expect(error.suberror).toMatch(/^bad token \[redacted\] x+$/)
    expect(error.suberror).toHaveLength(60)
    expect(providerError('x', { suberror: 7 }).suberror).toBeUndefined()
  })

  test('keeps a valid claims request, and ignores other values', async () => {
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}'

    expect(providerError('x', { claims }).claimsRequest).toEqual(JSON.parse(claims))
    expect(providerError('x', { claims: 'c1' }).claimsRequest).toBeUndefined()
    expect(providerError('x', { claims: { access_token: {} } }).claimsRequest).toBeUndefined()
  })
})

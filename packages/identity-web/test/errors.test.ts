import { describe, expect, test } from 'vitest'
import { IdentityError, type IdentityErrorCode } from '../src/errors.ts'

describe('an error of this library', () => {
  const statuses: Record<IdentityErrorCode, number> = {
    configuration: 500,
    session_too_large: 500,
    login_required: 401,
    interaction_required: 401,
    refresh_required: 401,
    access_denied: 403,
    invalid_request: 400,
    invalid_token: 401,
    insufficient_scope: 403,
    provider_error: 502,
    provider_unavailable: 503,
    invalid_response: 502,
    store_unavailable: 503,
  }

  test.each(Object.entries(statuses) as [IdentityErrorCode, number][])(
    '%s has the status %s',
    (code, status) => {
      expect(new IdentityError(code, 'x')).toMatchObject({ code, status, message: 'x' })
    },
  )

  test('carries its details and its cause', () => {
    const cause = new Error('below')
    const details = {
      claimsRequest: {},
      correlationId: 'id',
      hint: 'do this',
      oauthError: 'invalid_grant',
      suberror: 'bad_token',
      microsoftCodes: ['AADSTS50011'],
      retryAfterSeconds: 5,
    }

    const error = new IdentityError('provider_error', 'x', { ...details, cause })

    expect(error).toMatchObject({ ...details, name: 'IdentityError', cause })
    expect(error).toBeInstanceOf(Error)
    expect('cause' in new IdentityError('provider_error', 'x')).toBe(false)
  })

  test('is recognized, also when another copy of this package created it', () => {
    const foreign = Object.assign(new Error('x'), { [Symbol.for('identity-web.error')]: true })

    expect(IdentityError.is(new IdentityError('configuration', 'x'))).toBe(true)
    expect(IdentityError.is(foreign)).toBe(true)
  })

  test.each([undefined, null, 7, 'IdentityError', {}, new Error('x'), { name: 'IdentityError' }])(
    'is not recognized in %j',
    (value) => {
      expect(IdentityError.is(value)).toBe(false)
    },
  )
})

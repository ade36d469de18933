import { IdentityError, type AnyIdentityError, type IdentityErrorCode } from 'identity-web'
import { describe, expectTypeOf, test } from 'vitest'

declare const thrown: unknown

/** Compiles only if the cases cover every code. */
function ownerOf(error: AnyIdentityError): 'developer' | 'user' | 'caller' | 'operator' {
  switch (error.code) {
    case 'configuration':
    case 'session_too_large':
      expectTypeOf(error.status).toEqualTypeOf<500>()
      return 'developer'
    case 'login_required':
    case 'interaction_required':
    case 'refresh_required':
    case 'access_denied':
      expectTypeOf(error.status).toEqualTypeOf<401 | 403>()
      return 'user'
    case 'invalid_request':
    case 'invalid_token':
    case 'insufficient_scope':
      return 'caller'
    case 'provider_error':
    case 'provider_unavailable':
    case 'invalid_response':
    case 'store_unavailable':
    case 'process_unreadable':
      return 'operator'
    default:
      // Every code has a case, so the type of the error is `never` here.
      return error
  }
}

describe('IdentityError.is', () => {
  test('turns unknown into the union of all errors', () => {
    if (!IdentityError.is(thrown)) return
    expectTypeOf(thrown).toEqualTypeOf<AnyIdentityError>()
    expectTypeOf(thrown.code).toEqualTypeOf<IdentityErrorCode>()
    expectTypeOf(thrown.claimsRequest).toEqualTypeOf<
      Readonly<Record<string, unknown>> | undefined
    >()
    expectTypeOf(thrown.retryAfterSeconds).toEqualTypeOf<number | undefined>()
    expectTypeOf(ownerOf(thrown)).toEqualTypeOf<'developer' | 'user' | 'caller' | 'operator'>()
  })

  test('lets a comparison of the code narrow the status', () => {
    if (!IdentityError.is(thrown)) return
    if (thrown.code === 'interaction_required') {
      expectTypeOf(thrown.code).toEqualTypeOf<'interaction_required'>()
      expectTypeOf(thrown.status).toEqualTypeOf<401>()
    } else {
      expectTypeOf(thrown.code).toEqualTypeOf<Exclude<IdentityErrorCode, 'interaction_required'>>()
    }
  })

  test('gives errors that are instances of the class', () => {
    expectTypeOf<AnyIdentityError>().toExtend<IdentityError>()
    expectTypeOf<AnyIdentityError>().toExtend<Error>()
  })

  test('does not know a code that does not exist', () => {
    if (!IdentityError.is(thrown)) return
    // @ts-expect-error -- The code is misspelled.
    if (thrown.code === 'interaction-required') return
  })

  test('is not replaced by a function', () => {
    // @ts-expect-error -- The function of 0.1 does not exist.
    expectTypeOf<typeof import('identity-web').isIdentityError>()
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { AccessDenied, IdentityError, withChanges, type IdentityErrorCode } from '../src/errors.ts'

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
    process_unreadable: 500,
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

  test('shows only the fields that it has, when it is printed', () => {
    const printed = inspect(new IdentityError('configuration', 'x', { hint: 'do this' }))

    expect(printed).toMatch(/ \{\s+code: 'configuration',\s+status: 500,\s+hint: 'do this'\s+\}$/)
    expect(inspect(new AccessDenied({ message: 'x' }))).not.toContain('undefined')
    expect(Object.keys(withChanges(new IdentityError('access_denied', 'x'), {}))).toEqual(
      Object.keys(new IdentityError('access_denied', 'x')),
    )
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

// Without --no-install, npx runs the package of that name on npm, which may belong to a stranger.
test('no message or comment of this package names a bare npx command', () => {
  const source = new URL('../src/', import.meta.url)
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.tsx?$/.test(file),
  )
  const found = files.flatMap((file) => {
    const commands = readFileSync(new URL(file, source), 'utf8').match(
      /\bnpx\s+(?!--no-install\b)\S+/g,
    )
    return (commands ?? []).map((command) => `${file}: ${command}`)
  })

  expect(files.length).toBeGreaterThan(400)
  expect(found).toEqual([])
})

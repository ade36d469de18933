import { IdentityError } from 'identity-web'
import { expect, test } from 'vitest'
import { rejectErrors, toRejection } from '../../src/authentication/index.ts'

test.each([
  [500, 'configuration'],
  [503, 'configuration'],
  [403, 'access_denied'],
  [401, 'login_required'],
  [302, 'login_required'],
])('a response of a guard without an error and with the status %d is %s', (status, code) => {
  const headers = { 'content-type': 'text/html', 'retry-after': '5' }
  const rejection = toRejection(new Response(null, { status, headers }))

  expect(rejection).toMatchObject({ ok: false, status, error: { code } })
  expect(rejection.headers).toEqual({ 'retry-after': '5' })
})

test('a guard without a response rejects the request', () => {
  expect(toRejection(undefined)).toMatchObject({
    ok: false,
    status: 401,
    headers: { 'cache-control': 'private, no-store' },
    error: { code: 'login_required' },
  })
})

test('an IdentityError is a rejection, and every other error is thrown', async () => {
  const failing = (error: Error) =>
    rejectErrors(async () => {
      throw error
    })

  expect(await failing(new IdentityError('access_denied', 'x'))).toMatchObject({
    ok: false,
    status: 403,
  })
  await expect(failing(new TypeError('x'))).rejects.toThrow(TypeError)
})

import { readFileSync } from 'node:fs'
import { IdentityError } from 'identity-web'
import { vi } from 'vitest'
import { expect, test } from '../support/fixtures.ts'
import { startProtectedApi } from '../support/protected-api.ts'
import { handleErrors } from './examples/error-handler.ts'

test('the error handler of the guide responds to each kind of error', async ({ provider }) => {
  const { call, errors } = await startProtectedApi(provider, {}, (app, api) => {
    app.get('/outage', () => {
      throw new IdentityError('provider_unavailable', 'Down.', { retryAfterSeconds: 7 })
    })
    app.get('/bug', () => {
      throw new Error('A secret of the application.')
    })
    app.get('/stream', (_req, res) => {
      res.write('started')
      throw new IdentityError('provider_unavailable', 'Down.')
    })
    app.get('/mail', api.authorizationRequired(), async (req) => {
      await api.contextOf(req).getTokenOnBehalfOf(['https://graph.microsoft.com/Mail.Read'])
    })
    handleErrors(app, api)
  })
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)

  const outage = await call('/outage')
  expect(outage).toMatchObject({ status: 503, body: { error: 'provider_unavailable' } })
  expect(outage.headers.get('retry-after')).toBe('7')

  expect(await call('/bug')).toMatchObject({ status: 500, body: { error: 'internal_error' } })
  expect(log).toHaveBeenCalledOnce()

  const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
  expect(await call('/mail', token)).toMatchObject({
    status: 401,
    body: { error: 'consent_required' },
    challenge: { error: 'consent_required' },
  })

  await expect(call('/stream')).rejects.toThrow()
  expect(errors).toHaveLength(1)
})

test('docs/errors.md shows the example', () => {
  const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
  const [, region = 'nothing'] =
    /#region guide\n(.*?)\n *\/\/ #endregion/s.exec(read('./examples/error-handler.ts')) ?? []

  expect(read('../../../../docs/errors.md')).toContain(region.replaceAll(/^ {2}/gm, ''))
})

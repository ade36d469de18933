import { readFileSync } from 'node:fs'
import { IdentityError } from 'identity-web'
import type { ApiAuthOptions } from 'identity-web/express'
import { vi } from 'vitest'
import { expect, test } from '../support/fixtures.ts'
import { startProtectedApi } from '../support/protected-api.ts'
import { handleErrors } from './examples/error-handler.ts'
import { handleProblems } from './examples/problem-details.ts'

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

test('the example of problem details keeps the status, the headers and the error', async ({
  provider,
}) => {
  const errorBody: ApiAuthOptions['errorBody'] = ({ status, code, message, correlationId }) => ({
    type: 'about:blank',
    title: code,
    status,
    detail: message,
    correlation_id: correlationId,
  })
  const { call, errors } = await startProtectedApi(provider, { errorBody }, (app, api) => {
    app.get('/mail', api.authorizationRequired(), async (req) => {
      await api.contextOf(req).getTokenOnBehalfOf(['https://graph.microsoft.com/Mail.Read'])
    })
    app.get('/outage', () => {
      throw new IdentityError('provider_unavailable', 'Down.', { retryAfterSeconds: 7 })
    })
    app.get('/bug', () => {
      throw new Error('A bug of the application.')
    })
    handleProblems(app, api)
  })
  const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
  const other = await provider.accessToken({ as: 'alex', scopes: ['Todos.ReadWrite'] })

  expect(await call('/todos', token)).toMatchObject({
    status: 200,
    body: { owner: expect.any(String) as string },
  })
  const missing = await call('/todos')
  expect(missing.headers.get('content-type')).toMatch(/^application\/problem\+json\b/)
  expect(missing).toMatchObject({
    status: 401,
    body: {
      type: 'about:blank',
      title: 'unauthorized',
      status: 401,
      detail: expect.any(String) as string,
    },
    challenge: { scope: `${provider.api.idUri}/Todos.Read` },
  })
  expect(await call('/todos', other)).toMatchObject({
    status: 403,
    body: { title: 'insufficient_scope', status: 403 },
    challenge: { error: 'insufficient_scope' },
  })
  expect(await call('/mail', token)).toMatchObject({
    status: 401,
    body: { title: 'consent_required', status: 401, correlation_id: expect.any(String) as string },
    challenge: { error: 'consent_required' },
  })
  const outage = await call('/outage')
  expect(outage).toMatchObject({ status: 503, body: { title: 'provider_unavailable' } })
  expect(outage.headers.get('retry-after')).toBe('7')

  expect(await call('/bug')).toMatchObject({ status: 500 })
  expect(errors).toHaveLength(1)
})

test.for(['error-handler.ts', 'problem-details.ts'])('docs/errors.md shows %s', (example) => {
  const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
  const [, region = 'nothing'] =
    /#region guide\n(.*?)\n *\/\/ #endregion/s.exec(read(`./examples/${example}`)) ?? []

  expect(read('../../../../docs/errors.md')).toContain(region.replaceAll(/^ {2}/gm, ''))
})

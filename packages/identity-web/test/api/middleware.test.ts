import { createServer } from 'node:http'
import express, { type ErrorRequestHandler, type Express } from 'express'
// @ts-expect-error Express 4 under a name of its own has no types; those of Express 5 fit.
import express4 from 'express4'
import { IdentityError } from 'identity-web'
import { ApiAuth } from 'identity-web/express'
import { onTestFinished } from 'vitest'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { sendRaw } from '../support/raw.ts'
import { close, listen } from '../support/site.ts'

interface Reply {
  readonly status: number
  readonly challenge: string | null
  readonly body: string
}

describe.each([
  ['Express 5', express],
  ['Express 4', express4 as typeof express],
])('with %s', (_, framework) => {
  /** An application whose own error handler sends 500 and records the errors. */
  const test = base.extend(
    'open',
    ({ provider }) =>
      async (
        routes: (app: Express, api: ApiAuth) => void,
        resource = (origin: string): string | undefined => origin,
      ): Promise<{
        origin: string
        errors: unknown[]
        call(path: string, token?: string, init?: RequestInit): Promise<Reply>
      }> => {
        const app = framework()
        const server = createServer(app)
        const origin = await listen(server)
        onTestFinished(() => close(server))
        const errors: unknown[] = []
        const api = new ApiAuth(app, {
          authority: provider.authority(),
          clientId: provider.api.clientId,
          clientCredential: provider.api.clientSecret,
          audience: provider.api.idUri,
          resource: resource(origin),
        })
        routes(app, api)
        const last: ErrorRequestHandler = (error: unknown, _req, res, next) => {
          errors.push(error)
          if (res.headersSent) next(error)
          else res.status(500).end('failed')
        }
        app.use(last)
        return {
          origin,
          errors,
          async call(path, token, init = {}) {
            const headers = new Headers(init.headers)
            if (token !== undefined) headers.set('authorization', `Bearer ${token}`)
            const response = await fetch(origin + path, { ...init, headers })
            return {
              status: response.status,
              challenge: response.headers.get('www-authenticate'),
              body: await response.text(),
            }
          },
        }
      },
  )

  test('the middleware form adds the context to its request only', async ({ open, provider }) => {
    const { call } = await open((app, api) => {
      app.get('/open', (req, res) => void res.json(req.identity ?? 'nobody'))
      app.use('/api', api.authorizationRequired({ scopes: ['Todos.Read'] }))
      app.get('/api/me', (req, res) => void res.json(api.contextOf(req).user?.oid))
    })
    const token = await provider.accessToken({ as: 'alex' })

    expect(await call('/api/me', token)).toMatchObject({
      status: 200,
      body: JSON.stringify(provider.user('alex').oid),
    })
    expect(await call('/open', token)).toMatchObject({ status: 200, body: '"nobody"' })
    expect(await call('/api/me')).toMatchObject({ status: 401 })
    expect(await call('/api/none', token)).toMatchObject({ status: 404 })
    expect(await call('/api/none')).toMatchObject({ status: 401 })
  })

  test('all guards of nested routers must allow the request, and the inner context remains', async ({
    open,
    provider,
  }) => {
    const { call } = await open((app, api) => {
      const inner = framework.Router()
      inner.use(api.authorizationRequired({ scopes: ['Todos.ReadWrite'] }))
      inner.get('/deep', (req, res) => void res.json(api.contextOf(req).scopes))
      const outer = framework.Router()
      outer.use('/inner', inner)
      outer.get('/flat', (req, res) => void res.json(api.contextOf(req).scopes))
      app.use('/outer', api.authorizationRequired({ scopes: ['Todos.Read'] }), outer)
    })
    const read = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
    const write = await provider.accessToken({ as: 'alex', scopes: ['Todos.ReadWrite'] })
    const both = await provider.accessToken({ as: 'alex' })

    const answered = async (path: string): Promise<number[]> => [
      (await call(path, read)).status,
      (await call(path, write)).status,
      (await call(path, both)).status,
      (await call(path)).status,
    ]
    expect(await answered('/outer/flat')).toEqual([200, 403, 200, 401])
    expect(await answered('/outer/inner/deep')).toEqual([403, 403, 200, 401])
  })

  test('behind a mount path, a token in the URL is detected and the metadata has the right URL', async ({
    open,
    provider,
  }) => {
    const { call } = await open(
      (app, api) => {
        const mounted = framework.Router()
        mounted.get(
          '/todos',
          api.authorizationRequired({ scopes: ['Todos.Read'] }, (_req, res) => void res.end('in')),
        )
        app.use('/v1', mounted)
      },
      (origin) => `${origin}/v1`,
    )
    const token = await provider.accessToken({ as: 'alex' })

    expect(await call(`/v1/todos?access_token=${token}`, token)).toMatchObject({ status: 400 })
    expect((await call('/v1/todos')).challenge).toContain(
      '/.well-known/oauth-protected-resource/v1"',
    )
    expect(await call('/.well-known/oauth-protected-resource/v1')).toMatchObject({ status: 200 })
    expect(await call('/.well-known/oauth-protected-resource')).toMatchObject({ status: 404 })
  })

  test.for([
    ['at once', false],
    ['later', true],
  ] as const)(
    'an error that a handler throws %s reaches the error handler',
    async ([, isAsync], { open, provider }) => {
      const error = new Error('of the application')
      const fail = (): unknown => {
        if (isAsync) return Promise.reject(error)
        throw error
      }
      const { call, errors } = await open((app, api) => {
        app.get('/', api.authorizationRequired({ scopes: ['Todos.Read'] }, fail))
      })
      const token = await provider.accessToken({ as: 'alex' })

      for (let time = 0; time < 3; time++) {
        expect(await call('/', token)).toMatchObject({ status: 500, body: 'failed' })
      }
      expect(errors).toEqual([error, error, error])
    },
  )

  test.for([['nothing', undefined] as const, ["the word 'route'", 'route'] as const])(
    'a handler that rejects with %s leads to the error handler and not to the next route',
    async ([, reason], { open, provider }) => {
      const { call, errors } = await open((app, api) => {
        app.get(
          '/',
          // oxlint-disable-next-line prefer-promise-reject-errors -- the attack
          api.authorizationRequired({ scopes: ['Todos.Read'] }, () => Promise.reject(reason)),
        )
        app.get('/', (_req, res) => void res.end('the next one'))
      })
      const token = await provider.accessToken({ as: 'alex' })

      for (let time = 0; time < 3; time++) {
        expect(await call('/', token)).toMatchObject({ status: 500, body: 'failed' })
      }
      expect(errors.every((error) => error instanceof Error)).toBe(true)
    },
  )

  test('the library does not respond for a handler that fails after it started to respond', async ({
    open,
    provider,
  }) => {
    const { call, errors } = await open((app, api) => {
      app.get(
        '/',
        api.authorizationRequired({ scopes: ['Todos.Read'] }, async (_req, res, context) => {
          res.write('half')
          provider.behave({
            faults: { token: { kind: 'error', error: 'interaction_required', status: 400 } },
          })
          await context.getTokenOnBehalfOf('https://graph.microsoft.com/User.Read')
        }),
      )
    })
    const token = await provider.accessToken({ as: 'alex' })

    await expect(call('/', token)).rejects.toThrow('terminated')
    expect(errors).toEqual([expect.objectContaining({ code: 'interaction_required' })])
  })

  test('errorHandler tells the client what its user must do, and passes other errors on', async ({
    open,
    provider,
  }) => {
    const { call, errors } = await open((app, api) => {
      app.use('/api', api.authorizationRequired({ scopes: ['Todos.Read'] }))
      app.get('/api/graph', (req, res, next) => {
        api
          .contextOf(req)
          .getTokenOnBehalfOf('https://graph.microsoft.com/User.Read')
          .then(() => res.end('got it'))
          .catch(next)
      })
      app.get('/api/own', (_req, _res, next) =>
        next(new IdentityError('interaction_required', 'x')),
      )
      app.get('/api/other', (_req, _res, next) => next(new Error('other')))
      app.use(api.errorHandler)
    })
    const token = await provider.accessToken({ as: 'alex' })
    provider.behave({
      faults: {
        token: {
          kind: 'error',
          error: 'interaction_required',
          status: 400,
          claims: '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}',
        },
      },
    })

    const relayed = await call('/api/graph', token)
    expect(relayed.status).toBe(401)
    expect(relayed.challenge).toContain('error="insufficient_claims"')
    expect(relayed.challenge).toMatch(/, claims="[A-Za-z0-9+/]+=*"/)
    expect(errors).toEqual([])
    expect(await call('/api/own', token)).toMatchObject({ status: 500, challenge: null })
    expect(await call('/api/other', token)).toMatchObject({ status: 500, challenge: null })
    expect(errors).toHaveLength(2)
  })

  test('errorHandler does not change a response that has started', async ({ open, provider }) => {
    const { call, errors } = await open((app, api) => {
      app.use('/api', api.authorizationRequired({ scopes: ['Todos.Read'] }))
      app.get('/api/graph', (req, res, next) => {
        res.write('half')
        api
          .contextOf(req)
          .getTokenOnBehalfOf('https://graph.microsoft.com/User.Read')
          .then(() => res.end('got it'))
          .catch(next)
      })
      app.use(api.errorHandler)
    })
    const token = await provider.accessToken({ as: 'alex' })
    provider.behave({
      faults: { token: { kind: 'error', error: 'interaction_required', status: 400 } },
    })

    await expect(call('/api/graph', token)).rejects.toThrow('terminated')
    expect(errors).toEqual([expect.objectContaining({ code: 'interaction_required' })])
  })

  test('a wrapped handler does not need errorHandler for that', async ({ open, provider }) => {
    const { call, errors } = await open((app, api) => {
      app.get(
        '/graph',
        api.authorizationRequired({ scopes: ['Todos.Read'] }, async (_req, res, context) => {
          await context.getTokenOnBehalfOf('https://graph.microsoft.com/User.Read')
          res.end('got it')
        }),
      )
    })
    const token = await provider.accessToken({ as: 'alex' })
    provider.behave({
      faults: { token: { kind: 'error', error: 'interaction_required', status: 400 } },
    })

    for (let time = 0; time < 2; time++) {
      const reply = await call('/graph', token)
      expect(reply.status).toBe(401)
      expect(reply.challenge).toContain('error="interaction_required"')
    }
    expect(errors).toEqual([])
  })

  test('two Authorization headers are rejected in either order', async ({ open, provider }) => {
    const { origin } = await open((app, api) => {
      app.use(api.authorizationRequired({ scopes: ['Todos.Read'] }))
      app.get('/', (_req, res) => void res.end('in'))
    })
    const token = await provider.accessToken({ as: 'alex' })

    for (const [first, second] of [
      [token, 'forged'],
      ['forged', token],
      [token, token],
    ]) {
      const { status } = await sendRaw(origin, [
        'GET / HTTP/1.1',
        'Host: localhost',
        `Authorization: Bearer ${first}`,
        `authorization: Bearer ${second}`,
      ])
      expect(status).toBe(400)
    }
  })
})

import { expect } from 'vitest'
import { Browser, type BrowserResponse, type BrowserRequest } from '../../support/browser.ts'
import { sendRaw } from '../../support/raw.ts'
import { signIn } from '../../support/site.ts'
import { lenientSpellingsOf } from '../../support/spellings.ts'
import type { Bench, Feature } from './bench.ts'

/** A client of an API: no browser. */
function call(url: string, token?: string, ask: BrowserRequest = {}): Promise<BrowserResponse> {
  return new Browser().send(url, {
    ...ask,
    headers: { ...ask.headers, authorization: token === undefined ? undefined : `Bearer ${token}` },
  })
}

const challengeOf = ({ headers }: BrowserResponse): unknown => headers['www-authenticate']

export function apiProtection({ test, behaves }: Bench): void {
  const forms: [string, string, Feature[]][] = [
    ['the wrapper', '/api/todos', []],
    ['the middleware', '/api/middleware', ['middleware']],
  ]
  for (const [form, path, needs] of forms) {
    behaves(`${form} lets users in by scope and applications by role`, needs, ({ on, provider }) =>
      on({}, async ({ origin }) => {
        const user = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
        const app = await provider.accessToken({ roles: ['Todos.Read.All'] })

        // Three times: the token is known then, and the guard needs no promise.
        for (let time = 0; time < 3; time++) {
          const answer = await call(origin + path, user)
          expect([answer.status, answer.json()]).toEqual([200, { user: provider.user('alex').oid }])
        }
        expect((await call(origin + path, app)).json()).toEqual({ app: provider.app.clientId })
      }),
    )

    behaves(
      `${form} rejects another spelling of a token, also of a known one`,
      needs,
      ({ on, provider }) =>
        on({}, async ({ origin }) => {
          const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
          const [head = '', claims = '', signature = ''] = token.split('.')
          for (let time = 0; time < 3; time++) await call(origin + path, token)
          const spellings = lenientSpellingsOf(signature).filter((one) => /^[\w-]+$/.test(one))

          for (const spelling of spellings) {
            const response = await call(origin + path, `${head}.${claims}.${spelling}`)
            expect([response.status, response.json()]).toMatchObject([
              401,
              { error: 'invalid_token' },
            ])
          }
          expect(spellings).toHaveLength(15)
          expect((await call(origin + path, token)).status).toBe(200)
        }),
    )

    behaves(
      `${form} answers others 401 and 403, with WWW-Authenticate and JSON`,
      needs,
      ({ on, provider }) =>
        on({}, async ({ origin }) => {
          const forged = await provider.accessToken({ as: 'alex', key: 'stranger' })
          const other = await provider.accessToken({ as: 'alex', scopes: ['Todos.ReadWrite'] })

          const none = await call(origin + path)
          const bad = await call(origin + path, forged)
          const lacking = await call(origin + path, other)

          expect([none.status, none.json()]).toMatchObject([401, { error: 'unauthorized' }])
          expect(challengeOf(none)).toMatch(/^Bearer scope="[^"]*Todos\.Read", resource_metadata="/)
          expect([bad.status, bad.json()]).toMatchObject([401, { error: 'invalid_token' }])
          expect(challengeOf(bad)).toContain('error="invalid_token"')
          expect([lacking.status, lacking.json()]).toMatchObject([
            403,
            { error: 'insufficient_scope' },
          ])
          expect(challengeOf(lacking)).toContain('error="insufficient_scope"')
          expect(none.location).toBeUndefined()
        }),
    )
  }

  behaves('errors have the body of the application', ['functions'], ({ on, provider }) =>
    on(
      { api: { errorBody: ({ status, code, message: detail }) => ({ status, code, detail }) } },
      async ({ origin }) => {
        const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.ReadWrite'] })
        for (const [sent, status, code] of [
          [undefined, 401, 'unauthorized'],
          ['a.b.c', 401, 'invalid_token'],
          [token, 403, 'insufficient_scope'],
        ] as const) {
          const answer = await call(`${origin}/api/todos`, sent)
          expect([answer.status, answer.json()]).toEqual([
            status,
            { status, code, detail: expect.any(String) },
          ])
          expect(challengeOf(answer)).toMatch(/^Bearer /)
        }
      },
    ),
  )

  test('HEAD is guarded like GET', ({ on, provider }) =>
    on({}, async ({ origin }) => {
      const token = await provider.accessToken({ as: 'alex' })

      expect((await call(`${origin}/api/todos`, undefined, { method: 'HEAD' })).status).toBe(401)
      expect((await call(`${origin}/api/todos`, token, { method: 'HEAD' })).status).toBe(200)
    }))

  behaves('two Authorization headers are refused', ['everyHeader'], ({ on, provider }) =>
    on({}, async ({ origin }) => {
      const token = await provider.accessToken({ as: 'alex' })

      const { status } = await sendRaw(origin, [
        'GET /api/todos HTTP/1.1',
        'Host: localhost',
        `Authorization: Bearer ${token}`,
        'authorization: Bearer forged',
      ])

      expect(status).toBe(400)
    }),
  )

  const graphs: [string, string, Feature[]][] = [
    ['a wrapped handler', '/api/graph', []],
    ['a handler behind the middleware', '/api/middleware/graph', ['middleware']],
  ]
  for (const [who, path, needs] of graphs) {
    behaves(
      `${who} calls on behalf of the user, or the client learns what they must do`,
      needs,
      ({ on, provider }) =>
        on({}, async ({ origin }) => {
          provider.behave({ consent: 'skip' })
          const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
          expect((await call(origin + path, token)).text).toContain('got')

          const another = await provider.accessToken({ as: 'robin', scopes: ['Todos.Read'] })
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
          const answer = await call(origin + path, another)

          expect(answer.status).toBe(401)
          expect(challengeOf(answer)).toContain('error="insufficient_claims"')
        }),
    )
  }

  const sdks: [string, string, Feature[]][] = [
    ['a wrapped handler', '/api/sdk', []],
    ['a handler behind the middleware', '/api/middleware/sdk', ['middleware']],
  ]
  for (const [who, path, needs] of sdks) {
    behaves(`an error of an SDK in ${who} is an answer for the client`, needs, ({ on, provider }) =>
      on({}, async ({ origin }) => {
        const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })

        const answer = await call(origin + path, token)

        expect(answer.status).toBe(401)
        expect(challengeOf(answer)).toContain('error="consent_required"')
      }),
    )
  }

  behaves('errors of a handler are the host’s to answer', ['errorHandler'], ({ on, provider }) =>
    on({}, async ({ origin }) => {
      const token = await provider.accessToken({ as: 'alex' })

      for (let time = 0; time < 3; time++) {
        const answer = await call(`${origin}/api/throws`, token)
        expect([answer.status, answer.text]).toEqual([418, 'from the handler'])
      }
    }),
  )

  test('the API describes itself where clients look', ({ on }) =>
    on({}, async ({ origin }) => {
      const answer = await call(`${origin}/.well-known/oauth-protected-resource`)

      expect(answer.json()).toMatchObject({ resource: origin, scopes_supported: expect.anything() })
    }))

  test('a route for either takes a session or a token, and mixes no users', ({ on, provider }) =>
    on({}, async (site) => {
      const url = `${site.origin}/either`
      const robin = await signIn(site, provider, { as: 'robin' })
      const token = await provider.accessToken({ as: 'alex' })
      const bearer = { headers: { authorization: `Bearer ${token}` } }
      const bad = { headers: { authorization: 'Bearer a.b.c' } }

      expect((await robin.navigate(url)).json()).toEqual({ session: provider.user('robin').oid })
      expect((await call(url, token)).json()).toEqual({ bearer: provider.user('alex').oid })
      expect((await robin.script(url, bearer)).json()).toEqual({
        bearer: provider.user('alex').oid,
      })
      expect((await robin.script(url, bad)).status).toBe(401)
    }))

  test('a route for either tells a script both ways in, and leads a visitor to the provider', ({
    on,
    provider,
  }) =>
    on({}, async ({ origin }) => {
      const script = await new Browser().script(`${origin}/either`)
      const visitor = await new Browser().navigate(`${origin}/either`)

      expect([script.status, script.json()]).toMatchObject([401, { error: 'login_required' }])
      expect(challengeOf(script)).toMatch(/^Bearer /)
      expect(visitor.location).toContain(provider.authority())
      expect(challengeOf(visitor)).toBeUndefined()
    }))

  test('a 401 of a handler’s own stays as it is', ({ on, provider }) =>
    on({}, async (site) => {
      const browser = await signIn(site, provider)

      const answer = await browser.script(`${site.origin}/either-own-401`)

      expect(answer.status).toBe(401)
      expect(challengeOf(answer)).toBeUndefined()
    }))
}

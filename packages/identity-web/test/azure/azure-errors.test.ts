import type { Request, Response } from 'express'
import { AccessDenied, IdentityError } from 'identity-web'
import { azureCredential, type AzureTokenOptions, type ContextSource } from 'identity-web/azure'
import { afterEach } from 'vitest'
import {
  ACRS,
  CONTOSO,
  describe,
  errorOf,
  expect,
  FABRIKAM,
  later,
  LONG_RUNNING_SECRET,
  NBF,
  test,
  vi,
} from '../support/azure-fixtures.ts'
import { startMcpServer } from '../mcp/mcp-server.ts'
import { requestedClaims, requestParams } from '../support/steps.ts'
import { signIn } from '../support/site.ts'
import { challenged } from '../support/protected-api.ts'

afterEach(() => void vi.useRealTimers())

/** The error of the client of Microsoft Graph. It keeps the message only. */
class GraphError extends Error {
  readonly statusCode = -1
  readonly code = 'IdentityError'
}

const toGraphError = ({ message }: Error): Error => new GraphError(message)

/** Wraps an error in a number of errors. */
function wrapped(cause: unknown, levels: number): unknown {
  return levels === 0 ? cause : wrapped(new Error(`Level ${levels}`, { cause }), levels - 1)
}

/** Requests a token to which the user has not consented. */
async function failedMail(
  context: ContextSource,
  options?: AzureTokenOptions,
): Promise<IdentityError> {
  return errorOf(() => azureCredential(context).getToken('Mail.Read', options))
}

function toReference({ message }: Error): string {
  return /\[identity-web ([\w-]+)\]/.exec(message)?.[1] ?? ''
}

const FOUND: readonly (readonly [string, (error: IdentityError) => unknown])[] = [
  ['the error itself', (error) => error],
  ['the cause of an error', (error) => wrapped(error, 1)],
  ['the cause of eight errors', (error) => wrapped(error, 8)],
  ['the cause of an object that is not an error', (error) => ({ cause: error })],
  ['a message', toGraphError],
  ['a part of a message', ({ message }) => new Error(`Request failed: ${message} (retries: 0)`)],
  ['the message of a cause', (error) => wrapped(toGraphError(error), 3)],
  ['a message whose cause is another error', (error) => new Error(error.message, { cause: 'x' })],
]

const NOT_FOUND: readonly (readonly [string, (error: IdentityError) => unknown])[] = [
  ['the cause of nine errors', (error) => wrapped(error, 9)],
  ['a message without its reference', ({ message }) => new Error(message.replace(/ \[.*\]/, ''))],
  [
    'a message with another reference',
    (error) => new Error(error.message.replace(toReference(error), 'A'.repeat(22))),
  ],
  [
    'a message with a part of the reference',
    (error) => new Error(error.message.replace(toReference(error), toReference(error).slice(1))),
  ],
  ['another property', (error) => Object.assign(new Error('x'), { innerError: error })],
]

describe('an error of a session’s token that an SDK throws', () => {
  test.for(FOUND)('starts the step-up: %s', async ([, wrap], { openSiteWith }) => {
    const { respond, errors } = await openSiteWith()

    const redirect = await respond(async (context) => {
      throw wrap(await failedMail(context))
    })

    expect(requestParams(redirect).get('scope')?.split(' ')).toContain('Mail.Read')
    expect(errors).toEqual([])
  })

  test.for(FOUND)('in a handler that is not async, too: %s', async ([, wrap], { openSiteWith }) => {
    const { browser, inside, site } = await openSiteWith()
    let thrown: unknown
    site.app.get(
      '/at-once',
      site.auth.loginRequired(() => {
        throw thrown
      }),
    )
    thrown = wrap(await inside((context) => failedMail(context)))

    const redirect = await browser.navigate(`${site.origin}/at-once`)

    expect(requestParams(redirect).get('scope')?.split(' ')).toContain('Mail.Read')
  })

  test.for(NOT_FOUND)('reaches the application: %s', async ([, wrap], { openSiteWith }) => {
    const { respond, errors } = await openSiteWith()
    let thrown: unknown

    const { status, text } = await respond(async (context) => {
      thrown = wrap(await failedMail(context))
      throw thrown
    })

    expect([status, text]).toEqual([500, 'FAILED'])
    expect(errors).toEqual([thrown])
  })

  test('reaches the application if its causes form a cycle', async ({ openSiteWith }) => {
    const { respond, errors } = await openSiteWith()
    const [outer, inner] = [new Error('outer'), new Error('inner')]
    outer.cause = inner
    inner.cause = outer

    const { status } = await respond(() => {
      throw outer
    })

    expect([status, errors]).toEqual([500, [outer]])
  })

  test('returns a script the login URL', async ({ openSiteWith }) => {
    const { browser, respond, site } = await openSiteWith()
    await respond(async (context) => {
      throw toGraphError(await failedMail(context))
    })

    const response = await browser.script(`${site.origin}/work`)
    const { error, loginUrl } = response.json() as { error: string; loginUrl: string }

    expect([response.status, error]).toEqual([401, 'interaction_required'])
    const redirect = await browser.navigate(loginUrl)
    expect(requestParams(redirect).get('scope')?.split(' ')).toContain('Mail.Read')
  })

  test('starts the step-up with the scopes of the call and the claims of the service', async ({
    openSiteWith,
  }) => {
    // The guard has other scopes than the call.
    const { respond } = await openSiteWith({}, 'User.Read')

    for (const wrap of [toGraphError, (error: Error) => error]) {
      const redirect = await respond(async (context) => {
        throw wrap(
          await errorOf(() => azureCredential(context).getToken('User.Read', { claims: ACRS })),
        )
      })
      expect(requestedClaims(redirect)).toEqual(JSON.parse(ACRS))
      expect(requestParams(redirect).get('scope')?.split(' ')).toContain('User.Read')

      const other = await respond(async (context) => {
        throw wrap(await failedMail(context))
      })
      expect(requestedClaims(other)).toBeNull()
      expect(requestParams(other).get('scope')?.split(' ')).toContain('Mail.Read')
    }
  })

  test('leaves the response to a handler that catches it', async ({ openSiteWith }) => {
    const { respond } = await openSiteWith()

    const { status, text } = await respond(async (context, _req, res) => {
      const { code } = await failedMail(context)
      res.status(418).end(code)
    })

    expect([status, text]).toEqual([418, 'interaction_required'])
  })

  test('reaches the application if the response has started', async ({ openSiteWith }) => {
    const { respond, errors } = await openSiteWith()
    let thrown: unknown

    const { status, text } = await respond(async (context, _req, res) => {
      thrown = wrapped(await failedMail(context), 1)
      res.write('STARTED ')
      throw thrown
    })

    expect([status, text]).toEqual([200, 'STARTED FAILED'])
    expect(errors).toEqual([thrown])
  })

  test('is converted by an error handler, if the guard is a middleware', async ({
    openSiteWith,
  }) => {
    const { browser, errors, site } = await openSiteWith()
    const route = (path: string, handler: (req: Request) => Promise<void>): void => {
      const onError = async (
        error: unknown,
        req: Request,
        res: Response,
        _next: unknown,
      ): Promise<void> => {
        try {
          await site.auth.sendResponse(req, res, error)
        } catch (left) {
          errors.push(left)
          res.status(500).end()
        }
      }
      site.app.get(path, site.auth.loginRequired(), handler, onError)
    }
    const bug = new Error('A bug', { cause: new Error('inner') })
    route('/mail', async (req) => {
      throw wrapped(toGraphError(await failedMail(site.auth.contextOf(req))), 2)
    })
    route('/bug', () => Promise.reject(bug))
    site.app.get('/response', site.auth.loginRequired(), async (req, res) => {
      const error = toGraphError(await failedMail(site.auth.contextOf(req)))
      const { status, headers } = await site.auth.toResponse(req, error)
      res.json([status, headers.get('location')])
    })

    const redirect = await browser.navigate(`${site.origin}/mail`)
    const [status, location] = (await browser.navigate(`${site.origin}/response`)).json() as [
      number,
      string,
    ]

    expect(requestParams(redirect).get('scope')?.split(' ')).toContain('Mail.Read')
    expect(status).toBe(302)
    expect(new URL(location).searchParams.get('scope')?.split(' ')).toContain('Mail.Read')
    expect((await browser.navigate(`${site.origin}/bug`)).status).toBe(500)
    expect(errors).toEqual([bug])
  })

  test('that is an AccessDenied of onRefresh is still the page of the guard', async ({
    openSiteWith,
    clock,
  }) => {
    let isDenied = false
    const { respond } = await openSiteWith({
      revalidateUserSeconds: 60,
      onRefresh(user) {
        if (isDenied) throw new AccessDenied({ message: 'Your trial has ended.' })
        return user
      },
    })

    const { status, text } = await respond(async (context) => {
      isDenied = true
      clock.advance(120)
      await azureCredential(context).getToken('User.Read')
    })

    expect([status, text.includes('Your trial has ended.')]).toEqual([403, true])
  })

  test.for<[string, (cause: unknown) => unknown]>([
    ['an error', (cause) => new Error('wrapper', { cause })],
    ['two errors', (cause) => wrapped(cause, 2)],
  ])(
    'that the application replaced by an AccessDenied inside %s stays its 500',
    async ([, wrap], { openSiteWith }) => {
      const { respond, errors } = await openSiteWith()
      let thrown: unknown

      const { status } = await respond(async (context) => {
        thrown = wrap(new AccessDenied({ message: 'Not you.', cause: await failedMail(context) }))
        throw thrown
      })

      expect(status).toBe(500)
      expect(errors).toEqual([thrown])
    },
  )
})

describe('a reference', () => {
  test('is different for each error', async ({ openSiteWith }) => {
    const { inside } = await openSiteWith()
    const errors = await inside(async (context) => [
      await failedMail(context),
      await failedMail(context),
    ])

    const [one, two] = errors.map((error) => toReference(error))
    expect(one).toMatch(/^[\w-]{22}$/)
    expect(two).not.toBe(one)
  })

  test('is found for 60 seconds', async ({ openSiteWith }) => {
    const { inside, respond } = await openSiteWith()
    // Stops the clock.
    later(0)
    const error = toGraphError(await inside((context) => failedMail(context)))
    const statusOf = async (): Promise<number> => {
      const response = await respond(() => {
        throw error
      })
      return response.status
    }

    later(58_000)
    expect(await statusOf()).toBe(302)
    later(3000)
    expect(await statusOf()).toBe(500)
  })

  test('is found for the last 1,000 errors', async ({ alexToken, openSiteWith, openApiWith }) => {
    const { inside, respond } = await openSiteWith()
    const api = await openApiWith()
    const fail = (count: number): Promise<void> =>
      api.inside(alexToken, async (context) => {
        for (let index = 0; index < count; index++) await failedMail(context)
      })
    const error = toGraphError(await inside((context) => failedMail(context)))
    const statusOf = async (): Promise<number> => {
      const response = await respond(() => {
        throw error
      })
      return response.status
    }

    await fail(999)
    expect(await statusOf()).toBe(302)
    await fail(1)
    expect(await statusOf()).toBe(500)
  })

  test('of another user does not change the response', async ({ openSiteWith, provider }) => {
    const { errors, inside, respond, site } = await openSiteWith()
    const robin = await signIn(site, provider, { path: '/token', as: 'robin' })
    const claims = JSON.stringify({ access_token: { acrs: { essential: true, value: 'c7' } } })
    const error = await inside((context) =>
      errorOf(() => azureCredential(context).getToken('User.Read', { claims })),
    )

    // The text of a user can be in the message of an error.
    const { status } = await respond(() => {
      throw toGraphError(error)
    }, robin)

    expect(status).toBe(500)
    expect(errors).toHaveLength(1)
  })

  test('is found after the reference of another user', async ({ openSiteWith, provider }) => {
    const { inside, respond, site } = await openSiteWith()
    const robin = await signIn(site, provider, { path: '/token', as: 'robin' })
    const foreign = await inside((context) => failedMail(context))

    const redirect = await respond(async (context) => {
      const { message } = await failedMail(context)
      throw new Error(`Export of "${foreign.message}" failed: ${message}`)
    }, robin)

    expect(requestParams(redirect).get('scope')?.split(' ')).toContain('Mail.Read')
  })

  test('does not come from a polluted prototype', async ({ openSiteWith }) => {
    const { errors, inside, respond } = await openSiteWith()
    const error = await inside((context) => failedMail(context))
    for (const [name, value] of [
      ['cause', error],
      ['message', error.message],
    ] as const) {
      // oxlint-disable-next-line no-extend-native -- As another package can do.
      Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true })
      try {
        const { status } = await respond(() => {
          // oxlint-disable-next-line typescript/only-throw-error -- Some SDKs throw such objects.
          throw { reason: 'The application failed.' }
        })
        expect(status).toBe(500)
      } finally {
        Reflect.deleteProperty(Object.prototype, name)
      }
    }
    expect(errors).toHaveLength(2)
  })

  test('has no reference in the log, and none without a session', async ({ openSiteWith }) => {
    const { respond, site } = await openSiteWith()
    site.app.get('/anonymous', async (req, res) => {
      res.json((await errorOf(() => site.auth.getTokenForUser(req, 'Mail.Read'))).message)
    })

    await respond(async (context) => {
      throw toGraphError(await failedMail(context))
    })
    const anonymous = await fetch(`${site.origin}/anonymous`)

    expect(await anonymous.text()).not.toContain('[identity-web')
    expect(site.logs.join('\n')).not.toContain('[identity-web')
  })
})

describe('an error of a caller’s token that an SDK throws', () => {
  const wrappers = FOUND.slice(0, -1)

  test.for(wrappers)(
    'is the response of context.fetch, for a missing consent: %s',
    async ([, wrap], { alexToken, openApiWith }) => {
      const api = await openApiWith()
      const plain = await api.respond(alexToken, (context) =>
        context.fetch('/me', { scopes: 'Mail.Read' }),
      )

      const response = await api.respond(alexToken, async (context) => {
        throw wrap(await failedMail(context))
      })

      expect(plain.challenge).toMatchObject({ error: 'consent_required' })
      expect(response.challenge).toEqual(plain.challenge)
      expect([response.status, response.body]).toEqual([401, plain.body])
      expect(api.errors).toEqual([])
    },
  )

  test.for(wrappers)(
    'is the response of context.fetch, for claims: %s',
    async ([, wrap], { alexToken, openApiWith, provider }) => {
      const api = await openApiWith()
      const fault = { kind: 'error', error: 'interaction_required', times: 1 } as const
      const response = await api.respond(alexToken, async (context) => {
        const { getToken } = azureCredential(context)
        await getToken('User.Read')
        provider.behave({ faults: { token: fault } })
        throw wrap(await errorOf(() => getToken('User.Read', { claims: NBF })))
      })

      expect(response).toMatchObject({
        status: 401,
        body: { error: 'insufficient_claims', claims: NBF },
        challenge: { error: 'insufficient_claims', claims: btoa(NBF) },
      })
    },
  )

  test.for(NOT_FOUND)(
    'reaches the application: %s',
    async ([, wrap], { alexToken, openApiWith }) => {
      const api = await openApiWith()
      let thrown: unknown

      const { status } = await api.respond(alexToken, async (context) => {
        thrown = wrap(await failedMail(context))
        throw thrown
      })

      expect([status, api.errors]).toEqual([500, [thrown]])
    },
  )

  test('is converted by api.errorHandler, if the guard is a middleware', async ({
    alexToken,
    openApi,
  }) => {
    const { call, errors } = await openApi({}, (app, api) => {
      app.get('/mail', api.authorizationRequired(), async (req) => {
        throw wrapped(toGraphError(await failedMail(api.contextOf(req))), 2)
      })
      app.get('/bug', api.authorizationRequired(), () => {
        throw new Error('A bug', { cause: new Error('inner') })
      })
      app.use(api.errorHandler)
    })

    expect(await call('/mail', alexToken)).toMatchObject(challenged(401, 'consent_required'))
    expect((await call('/bug', alexToken)).status).toBe(500)
    expect(errors).toMatchObject([{ message: 'A bug' }])
  })

  test('is converted by toResponse and sendResponse, if the guard is a middleware', async ({
    alexToken,
    openApiWith,
  }) => {
    const api = await openApiWith()
    const results: unknown[] = []
    api.app.get('/mail', api.api.authorizationRequired(), async (req, res) => {
      const error = toGraphError(await failedMail(api.api.contextOf(req)))
      const { status, headers } = await api.api.toResponse(req, error)
      results.push(status, headers.get('www-authenticate'))
      await api.api.sendResponse(req, res, error)
    })

    const { status, headers } = await api.call('/mail', alexToken)

    expect(results).toEqual([401, headers.get('www-authenticate')])
    expect([status, headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringContaining('error="consent_required"'),
    ])
    const bug = new Error('A bug', { cause: new Error('inner') })
    await expect(api.api.toResponse({ headers: {} }, bug)).rejects.toBe(bug)
  })

  test('reaches the application if the response has started', async ({
    alexToken,
    openApiWith,
  }) => {
    const api = await openApiWith()

    await expect(
      api.respond(alexToken, async (context, _req, res) => {
        const error = wrapped(await failedMail(context), 1)
        res.write('STARTED')
        throw error
      }),
    ).rejects.toThrow()
    expect(api.errors).toHaveLength(1)
  })

  test('of a long-running process leads to the provider of the process', async ({
    openApi,
    provider,
  }) => {
    const entry = (tenant: string) => ({
      authority: provider.authority(tenant),
      clientId: provider.api.clientId,
      clientCredential: provider.api.clientSecret ?? '',
      audience: provider.api.idUri ?? '',
    })
    const { api, call } = await openApi(
      {
        authority: undefined,
        clientId: undefined,
        clientCredential: undefined,
        audience: undefined,
        issuers: { workforce: entry(CONTOSO), partners: entry(FABRIKAM) },
        longRunning: { store: new Map(), secret: LONG_RUNNING_SECRET },
      },
      (app, auth) => {
        app.get(
          '/start',
          auth.authorizationRequired(async (_req, res, context) => {
            res.json(await context.startLongRunningProcess('User.Read'))
          }),
        )
      },
    )
    const jo = await provider.accessToken({ as: 'jo', authority: provider.authority(FABRIKAM) })
    const longRunningKey = (await call('/start', jo)).body as string
    await api.stopLongRunningProcess(longRunningKey)

    const { getToken } = azureCredential(api, { longRunningKey })
    for (const tenantId of [undefined, FABRIKAM]) {
      const error = await errorOf(() => getToken('User.Read', { tenantId }))
      for (const thrown of [error, wrapped(error, 2), toGraphError(error)]) {
        const { status, headers } = await api.toResponse({ headers: {} }, thrown)
        expect(status).toBe(401)
        expect(headers.get('www-authenticate')).toContain(`${FABRIKAM}/oauth2/v2.0/authorize`)
      }
    }
  })

  test('of an MCP server outside tools is its response, too', async ({ alexToken, provider }) => {
    const server = await startMcpServer(provider, {}, (app, mcp) => {
      app.all(
        '/mcp',
        mcp.authorizationRequired(async (_req, _res, context) => {
          throw toGraphError(await failedMail(context))
        }),
      )
    })

    const response = await server.call('/mcp', alexToken)

    // With 401, MCP clients would repeat the sign-in, which does not help.
    expect(response.status).toBe(403)
    expect(response.headers.get('www-authenticate')).toBeNull()
    expect(await response.json()).toMatchObject({ error: 'consent_required' })
  })
})

test('messages and logs do not contain tokens and secrets', async ({
  alexToken,
  openSiteWith,
  openApiWith,
  provider,
}) => {
  const site = await openSiteWith()
  const api = await openApiWith()
  const secrets = [provider.app.clientSecret, provider.api.clientSecret, alexToken]
  const faults = [
    { kind: 'error', error: 'interaction_required' },
    { kind: 'error', error: 'invalid_client' },
    { kind: 'status', status: 503 },
    { kind: 'html', status: 502 },
  ] as const
  const texts: string[] = []
  const collect = async (context: ContextSource): Promise<void> => {
    const { getToken } = azureCredential(context)
    secrets.push((await getToken('User.Read')).token)
    for (const fault of faults) {
      provider.behave({ faults: { token: fault } })
      const attempts = [
        () => getToken('User.Read', { claims: NBF }),
        () => getToken('Mail.Read'),
        () => getToken('User.Read', { claims: '{' }),
        () => getToken('User.Read', { tenantId: 'fabrikam.example' }),
      ]
      for (const attempt of attempts) {
        const error = await errorOf(attempt)
        texts.push(error.message, error.hint ?? '', String(error.cause))
      }
    }
    provider.behave({ faults: {} })
  }
  await site.inside(collect)
  await api.inside(alexToken, collect)
  for (const auth of [site.site.auth, api.api]) {
    const error = await errorOf(() =>
      azureCredential(auth).getToken('api://things.contoso.example/.default', { tenantId: 'x' }),
    )
    texts.push(error.message)
  }

  texts.push(...site.site.logs, ...api.logs)
  expect(texts.length).toBeGreaterThan(60)
  const all = texts.join('\n')
  expect(all).not.toMatch(/eyJ[\w-]{20}|1\.[\w-]{60}|MARKED/)
  for (const secret of secrets) expect(all).not.toContain(secret)
})

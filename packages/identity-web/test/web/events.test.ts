import { AccessDenied } from 'identity-web'
import { fastify } from 'fastify'
import type { IdentityEvent, Logger } from 'identity-web/express'
import { createEventEmitter, eventsAbout, failureOf } from '../../src/event-emitter.ts'
import { IdentityError } from '../../src/errors.ts'
import { createLogListener, type LogSettings } from '../../src/log-listener.ts'
import { Browser, SESSION_SECRET, signIn, type Site } from '../support/site.ts'
import { expect, describe, test as base, vi } from '../support/fixtures.ts'
import { onTestFinished } from 'vitest'

const test = base
  .extend('behaviour', { consent: 'skip' })
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('events', ({}): IdentityEvent[] => [])

describe('events of a site', () => {
  test('identify a user who signs in, without personal data', async ({
    openSite,
    provider,
    events,
  }) => {
    const site = await openSite({ onEvent: (event) => events.push(event) })
    await site.signIn({ as: 'alex' })

    expect(events.map(({ type }) => type)).toContain('sign_in.completed')
    const [event] = events.filter(({ type }) => type === 'sign_in.completed')
    expect(event).toEqual({
      type: 'sign_in.completed',
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      message: 'A user signed in.',
      clientId: provider.app.clientId,
      flow: 'code',
      durationMs: expect.any(Number),
      sub: expect.any(String),
      oid: expect.any(String),
      tid: expect.any(String),
      sidHash: expect.stringMatching(/^[\w-]{22}$/),
    })
    expect(JSON.stringify(events)).not.toMatch(/alex@|Alex/)
  })

  test('contain personal data only with includePersonalData', async ({ openSite, events }) => {
    const site = await openSite({
      includePersonalData: true,
      onEvent: (event) => events.push(event),
    })
    await site.signIn({ as: 'alex' })

    const [event] = events.filter(({ type }) => type === 'sign_in.completed')
    expect(event).toMatchObject({
      personalData: {
        name: expect.any(String),
        username: expect.stringContaining('alex'),
        claims: expect.objectContaining({ tid: expect.any(String) }),
      },
    })
  })

  test.for<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('of the listener')
      },
    ],
    ['rejects', () => Promise.reject(new Error('of the listener'))],
    ['never responds', () => new Promise(() => undefined)],
  ])('do no harm if the listener %s', async ([, onEvent], { openSite }) => {
    const site = await openSite({ onEvent })

    const browser = await site.signIn({ as: 'alex' })

    expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)
  })

  test('never contain tokens, codes or secrets', async ({ openSite, provider, events }) => {
    const site = await openSite({
      includePersonalData: true,
      onEvent: (event) => events.push(event),
    })
    await site.signIn({ as: 'alex' })
    provider.behave({ faults: { token: { kind: 'error', error: 'invalid_client', status: 401 } } })
    await site.signIn({ as: 'alex' }).catch(() => undefined)

    expect(events.length).toBeGreaterThan(1)
    expect(JSON.stringify(events)).not.toMatch(/eyJ|code=|refresh_token|client_secret/)
  })
})

describe('events for an audit', () => {
  const ALEX = { sub: expect.any(String), oid: expect.any(String), tid: expect.any(String) }
  const audit = test
    .extend('options', ({ events }) => ({ onEvent: (event: IdentityEvent) => events.push(event) }))
    .extend(
      'last',
      ({ events }) =>
        (type: IdentityEvent['type']) =>
          events.findLast((e) => e.type === type),
    )

  audit(
    'name the user, the path and the requirement of a denied page',
    async ({ openSite, options, last }) => {
      const site = await openSite(options)
      const show = (): void => {
        throw new AccessDenied({ message: 'Closed.' })
      }
      const roles = { allOf: ['Admin', 'Boss'] }
      site.app.get('/admin/:name', site.auth.loginRequired({ roles }, show))
      site.app.get('/closed', site.auth.loginRequired(show))
      const browser = await site.signIn({ as: 'alex' })

      await browser.navigate(`${site.origin}/admin/ann%40contoso.com?code=1`)
      expect(last('access.denied')).toMatchObject({
        ...ALEX,
        sidHash: expect.any(String),
        path: '/admin/[e-mail address]',
        requirement: { option: 'roles', names: ['Admin', 'Boss'], needsAll: true },
      })
      await browser.navigate(`${site.origin}/closed`)
      expect(last('access.denied')).toMatchObject({ ...ALEX, path: '/closed' })
      expect(last('access.denied')).not.toHaveProperty('requirement')
    },
  )

  audit('name the user whom onLogin rejects', async ({ openSite, provider, options, last }) => {
    const onLogin = (): never => {
      throw new AccessDenied({ message: 'Not invited.' })
    }
    await signIn(await openSite({ ...options, onLogin }), provider).catch(() => undefined)

    expect(last('access.denied')).toMatchObject({ ...ALEX, path: '/redirect' })
  })

  audit('name the sessions that were revoked', async ({ openSite, options, last, store }) => {
    const tid = 'c0000000-0000-4000-8000-000000000001'
    const { auth } = await openSite({ ...options, session: { secret: SESSION_SECRET, store } })

    await auth.revokeSessions({ tid })
    expect(last('session.revoked')).toMatchObject({ by: 'tid', tid })
    await auth.revokeSessions({ sid: 'secret-sid' })
    expect(last('session.revoked')).toMatchObject({ by: 'sid', sidHash: expect.any(String) })
    expect(JSON.stringify(last('session.revoked'))).not.toContain('secret-sid')
  })

  audit(
    'name the caller of an API if its token was verified, and only then',
    async ({ openApi, provider, options, last }) => {
      const CALLER = { ...ALEX, callerClientId: provider.app.clientId, path: '/' }
      const roles = ['Boss']
      const api = await openApi(options, (app, auth) => {
        app.get(
          '/',
          auth.authorizationRequired({ roles }, (_req, res) => void res.end()),
        )
      })
      const token = await provider.accessToken({ as: 'alex' })
      const [head, payload = '', signature] = token.split('.')
      const claims = JSON.parse(atob(payload)) as object

      await api.call('/?q=1', token)
      const message = 'The user needs the role Boss.'
      expect(last('bearer.rejected')).toMatchObject({ ...CALLER, message })
      for (const more of [{ sub: 'mallory' }, { exp: 1 }, { aud: 'x' }]) {
        const forged = btoa(JSON.stringify({ ...claims, ...more })).replace(/=+$/, '')
        await api.call('/', [head, forged, signature].join('.'))
        expect(last('bearer.rejected')).toMatchObject({ path: '/', code: 'invalid_token' })
        for (const name of [...Object.keys(ALEX), 'sidHash', 'callerClientId'])
          expect(last('bearer.rejected')).not.toHaveProperty(name)
      }
      const allowedClients = ['11111111-0000-4000-8000-000000000000']
      await (await openApi({ ...options, allowedClients })).call('/', token)
      expect(last('bearer.rejected')).toMatchObject({ ...CALLER, code: 'access_denied' })
    },
  )

  audit(
    'name the caller and the scopes of a failed on-behalf-of call',
    async ({ openApi, provider, options, last }) => {
      const api = await openApi(options, (app, auth) => {
        app.get(
          '/',
          auth.authorizationRequired({}, async (_req, _res, context) => {
            await context.getTokenOnBehalfOf(['Mail.Read', 'Mail.Send'])
          }),
        )
      })
      provider.behave({
        faults: { token: { kind: 'error', error: 'invalid_grant', codes: [65001] } },
      })
      await api.call('/', await provider.accessToken({ as: 'alex' }))

      expect(last('on_behalf_of.failed')).toMatchObject({
        ...ALEX,
        callerClientId: provider.app.clientId,
        scopes: ['Mail.Read', 'Mail.Send'],
        message: expect.stringContaining('Mail.Read Mail.Send'),
      })
    },
  )
})

describe('an emitter', () => {
  const settings = { clientId: 'app', includesPersonalData: false }
  const error = new IdentityError('access_denied', 'The account ann.lee@contoso.com is unknown.')

  test('removes e-mail addresses from messages of the provider', () => {
    const received: IdentityEvent[] = []
    const listener = { level: 'info', receive: (e: IdentityEvent) => received.push(e) } as const
    const emitters = [false, true].map((includesPersonalData) =>
      createEventEmitter([listener], { clientId: 'app', includesPersonalData }),
    )

    for (const emitter of emitters) {
      emitter.emit('sign_in.failed', { level: 'info', ...failureOf(error) })
    }

    expect(received.map(({ message }) => message)).toEqual([
      'The account [e-mail address] is unknown.',
      'The account ann.lee@contoso.com is unknown.',
    ])
    expect(received[0]).not.toHaveProperty('hint')
    expect(Object.isFrozen(received[0])).toBe(true)
  })

  test.for([
    ['ann@contoso.com', 'removed'],
    ['ann.lee+x@10.example', 'removed'],
    ['ann@1.2.3.contoso.com', 'removed'],
    ['ann@1.2.3-b.com', 'removed'],
    ['ann@163.com.', 'removed'],
    ['ann@10.0.0.1', 'removed'],
    ['/node_modules/.pnpm/express@4.1.0/node_modules/express/index.js:1:2', 'kept'],
    ['.pnpm/@nestjs+common@12.5.1_reflect-metadata@0.2.2/x.js', 'kept'],
    ['.pnpm/next@16.0.0-canary.3_react@19.3.0/x.js', 'kept'],
    ['npm:express@^4.22.3 and express@4.22.3.', 'kept'],
  ] as const)('tells addresses from versions of packages: %s is %s', ([text, fate]) => {
    const received: string[] = []
    const emitter = createEventEmitter(
      [{ level: 'info', receive: ({ message }) => received.push(message) }],
      settings,
    )

    emitter.emit('store.available', { level: 'info', message: `at ${text}` })

    expect(received[0] === `at ${text}` ? 'kept' : 'removed').toBe(fate)
    if (fate === 'removed') expect(received[0]).not.toContain('ann')
  })

  test('passes only the levels on that a listener wants', () => {
    const received: string[] = []
    const emitter = createEventEmitter(
      [{ level: 'warn', receive: ({ level }) => received.push(level) }],
      settings,
    )

    for (const level of ['error', 'warn', 'info'] as const) {
      emitter.emit('store.available', { level, message: 'x' })
    }

    expect(received).toEqual(['error', 'warn'])
    expect(emitter.hearsInfo).toBe(false)
    expect(createEventEmitter([], settings).hearsInfo).toBe(false)
    const listener = { level: 'info', receive: () => undefined } as const
    expect(createEventEmitter([listener], settings).hearsInfo).toBe(true)
  })
})

describe('the log', () => {
  const lines: [level: string, message: unknown, details?: unknown][] = []
  const logger = Object.fromEntries(
    (['error', 'warn', 'info'] as const).map((level) => [
      level,
      (message: unknown, details?: unknown) =>
        lines.push(details === undefined ? [level, message] : [level, message, details]),
    ]),
  ) as Logger

  function open(settings: Partial<LogSettings>): ReturnType<typeof createEventEmitter> {
    const listener = createLogListener({
      logger,
      environment: 'development',
      variables: {},
      ...settings,
    })
    return createEventEmitter(listener === undefined ? [] : [listener], {
      clientId: 'app',
      includesPersonalData: false,
    })
  }

  const fail = (emitter: ReturnType<typeof open>, code: 'provider_error' | 'access_denied'): void =>
    emitter.emit('sign_in.failed', {
      level: code === 'provider_error' ? 'error' : 'info',
      ...failureOf(new IdentityError(code, `${code}.`, { hint: 'Do this.', correlationId: 'c-1' })),
    })

  const logTest = test.extend(
    'recordedLines',
    { auto: true },
    // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
    ({}, { onCleanup }) => {
      lines.length = 0
      vi.useFakeTimers()
      onCleanup(() => void vi.useRealTimers())
      for (const level of ['error', 'warn', 'info'] as const) {
        vi.spyOn(console, level).mockImplementation((line) => void lines.push([level, line]))
      }
    },
  )

  logTest('names the issuer, and counts the failures of each one', () => {
    const emitter = open({ logger: console })
    for (const issuer of ['workforce', 'customers', 'workforce']) {
      fail(eventsAbout({ issuer, clientId: 'api' }, emitter), 'access_denied')
    }
    emitter.close()

    expect(lines.map(([, message]) => message)).toEqual([
      'identity-web: access_denied. Do this. (issuer workforce) (correlation ID c-1)',
      'identity-web: access_denied. Do this. (issuer customers) (correlation ID c-1)',
      'identity-web: access_denied. (1 more in the last minute) Do this. (issuer workforce) (correlation ID c-1)',
    ])
  })

  logTest(
    'names each check that rejected an access token, whatever values the tokens contain',
    () => {
      const emitter = open({})
      const reject = (reason: string): void => {
        const error = new IdentityError(
          'invalid_token',
          `The access token was rejected: ${reason}.`,
        )
        emitter.emit('bearer.rejected', { level: 'warn', ...failureOf(error) })
      }

      for (const tenant of ['one', 'two', 'three']) {
        reject('it has expired (exp), 60 s ago')
        reject(`its issuer is https://login.example/${tenant}, but this API accepts others`)
        reject(`its issuer is ${tenant}, but this API accepts others`)
      }
      emitter.close()

      expect(lines.map(([, message]) => message)).toEqual([
        'The access token was rejected: it has expired (exp), 60 s ago.',
        'The access token was rejected: its issuer is https://login.example/one, but this API accepts others.',
        'The access token was rejected: it has expired (exp), 60 s ago. (2 more in the last minute)',
        'The access token was rejected: its issuer is three, but this API accepts others. (5 more in the last minute)',
      ])
    },
  )

  logTest(
    'contains the first event of a cause at once, and counts its repetitions per minute',
    () => {
      const emitter = open({})

      for (let i = 0; i < 5; i++) fail(emitter, 'provider_error')
      fail(emitter, 'access_denied')
      const atOnce = lines.map(([, message]) => message)
      vi.advanceTimersByTime(60_000)
      fail(emitter, 'provider_error')
      const later = lines.map(([, message]) => message)
      emitter.close()

      expect(atOnce).toEqual(['provider_error.', 'access_denied.'])
      expect(later.slice(2)).toEqual(['provider_error. (4 more in the last minute)'])
      expect(lines.at(-1)?.[1]).toBe('provider_error. (1 more in the last minute)')
      expect(vi.getTimerCount()).toBe(0)
    },
  )

  logTest('contains every sign-in', () => {
    const emitter = open({})

    for (let i = 0; i < 3; i++) {
      emitter.emit('sign_in.completed', {
        level: 'info',
        message: 'A user signed in.',
        flow: 'code',
      })
    }

    expect(lines).toHaveLength(3)
    expect(vi.getTimerCount()).toBe(0)
  })

  logTest('of a custom logger has the properties of the event as details', () => {
    fail(open({}), 'provider_error')

    expect(lines).toEqual([
      [
        'error',
        'provider_error.',
        expect.objectContaining({
          event: 'sign_in.failed',
          reason: 'provider_error',
          hint: 'Do this.',
        }),
      ],
    ])
  })

  logTest('of Fastify and of its requests, which is pino, has the properties and one time', () => {
    const written: string[] = []
    const { log } = fastify({ logger: { stream: { write: (line) => void written.push(line) } } })

    for (const each of [log, log.child({ reqId: 'r-1' })]) {
      const emitter = open({ logger: each })
      for (let time = 0; time < 2; time++) fail(emitter, 'provider_error')
      emitter.close()
    }

    const entry = { level: 50, event: 'sign_in.failed', hint: 'Do this.', correlationId: 'c-1' }
    const counted = { ...entry, msg: 'provider_error. (1 more in the last minute)', repeated: 1 }
    expect(written.map((line) => JSON.parse(line))).toMatchObject([
      { ...entry, msg: 'provider_error.' },
      counted,
      { ...entry, reqId: 'r-1' },
      { ...counted, reqId: 'r-1' },
    ])
    expect(written.map((line) => line.split('"time":').length)).toEqual([2, 2, 2, 2])
  })

  logTest('goes to the console by default, without info, as one line', () => {
    const emitter = open({ logger: undefined })

    fail(emitter, 'provider_error')
    fail(emitter, 'access_denied')

    expect(lines).toEqual([
      ['error', 'identity-web: provider_error. Do this. (correlation ID c-1)'],
    ])
  })

  logTest('is JSON in production', () => {
    fail(open({ logger: undefined, environment: 'production' }), 'provider_error')

    expect(lines).toHaveLength(1)
    expect(JSON.parse(String(lines[0]?.[1]))).toMatchObject({
      level: 'error',
      source: 'identity-web',
      event: 'sign_in.failed',
      message: 'provider_error.',
      hint: 'Do this.',
    })
  })

  logTest('contains the page of the documentation about an error', () => {
    const variables = { IDENTITY_DOCS_URL: 'https://docs.example.com/' }
    const url = 'https://docs.example.com/errors/provider_error'
    fail(open({ logger: undefined, variables }), 'provider_error')
    fail(open({ logger: undefined, environment: 'production', variables }), 'provider_error')
    fail(open({ variables }), 'provider_error')
    open({ variables }).emit('configuration.invalid', { level: 'error', message: 'x', option: 'y' })
    open({ variables }).emit('session.unreadable', { level: 'warn', message: 'x' })

    expect(lines[0]?.[1]).toMatch(new RegExp(`See ${url}$`))
    expect(JSON.parse(String(lines[1]?.[1]))).toMatchObject({ docs: url })
    expect(lines.slice(2).map(([, , details]) => (details as { docs?: string }).docs)).toEqual([
      url,
      'https://docs.example.com/errors/configuration',
      undefined,
    ])
  })

  logTest('contains info with logger: console, and nothing with logger: false', () => {
    fail(open({ logger: console }), 'access_denied')
    fail(open({ logger: false }), 'provider_error')

    expect(lines.map(([level]) => level)).toEqual(['info'])
  })

  logTest.each([{ NODE_ENV: 'test' }, { VITEST: 'true' }, { JEST_WORKER_ID: '1' }])(
    'contains only errors in a test runner: %j',
    (variables) => {
      const emitter = open({ logger: undefined, variables })

      emitter.emit('configuration.warning', { level: 'warn', message: 'x' })
      fail(emitter, 'provider_error')

      expect(lines.map(([level]) => level)).toEqual(['error'])
    },
  )
})

describe('the logger of a site', () => {
  /** Causes the same event several times. */
  async function failSignIns({ origin }: Site, times: number): Promise<void> {
    const browser = new Browser()
    for (let i = 0; i < times; i++) await browser.navigate(`${origin}/redirect?code=a&state=b`)
  }

  test.for<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('of the logger')
      },
    ],
    ['rejects', () => Promise.reject(new Error('of the logger'))],
  ])('that %s neither ends the process nor the log', async ([, log], { openSite }) => {
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    onTestFinished(() => void process.off('unhandledRejection', unhandled))
    let calls = 0
    // Not a mock, because Vitest handles the promises of mocks.
    const write = (): unknown => {
      calls++
      return log()
    }
    const logger = { error: write, warn: write, info: write }
    const site = await openSite({ logger, onEvent: undefined })

    await failSignIns(site, 3)
    site.auth.close()
    await new Promise((resolve) => setTimeout(resolve, 10))

    expect(calls).toBe(2)
    expect(unhandled).not.toHaveBeenCalled()
  })

  test('receives the ID of every error page', async ({ openSite, browser }) => {
    const write = vi.fn()
    const site = await openSite({ logger: { warn: write }, onEvent: undefined })
    const ids: unknown[] = []
    for (let i = 0; i < 3; i++) {
      const { status, text } = await browser.navigate(`${site.origin}/redirect?code=a&state=b`)
      expect(status).toBe(400)
      ids.push(/<p>Correlation ID (\w{8})<\/p>/.exec(text)?.[1])
    }
    site.auth.close()

    expect(new Set(ids).size).toBe(3)
    expect(write.mock.calls.map(([, details]) => details as object)).toMatchObject([
      { event: 'sign_in.failed', code: 'invalid_request', correlationId: ids[0] },
      { event: 'sign_in.failed', correlationId: ids[2], correlationIds: ids.slice(1) },
    ])
  })

  test('receives the repetitions of an event after close() too', async ({ openSite }) => {
    const write = vi.fn()
    const logger = { error: write, warn: write, info: write }
    const site = await openSite({ logger, onEvent: undefined })

    await failSignIns(site, 2)
    site.auth.close()
    await failSignIns(site, 1)

    expect(
      write.mock.calls.map(([, details]) => (details as { repeated?: number }).repeated),
    ).toEqual([undefined, 1, undefined])
  })
})

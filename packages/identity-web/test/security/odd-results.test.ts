import { describe, expect, test, vi } from 'vitest'
import { createApiServices, type ApiServices } from '../../src/api/create-services.ts'
import { AuthenticatedCaller } from '../../src/api/guard/authenticate.ts'
import type { AuthorizationContext } from '../../src/api/guard/context.ts'
import { createAuthorizationGuard } from '../../src/api/guard/guard.ts'
import { toRequirement } from '../../src/api/guard/requirement.ts'
import { API_AUTH } from '../../src/options/api-options.ts'
import { resolveApiOptions } from '../../src/options/resolve-api.ts'
import type { HttpContext, RouteGuard } from '../../src/http-context.ts'
import { sessionOrBearer } from '../../src/session-or-bearer/guard.ts'
import { SILENT } from '../../src/options/start-events.ts'
import { Allowed, Rejected, isAllowedBy, runGuarded } from '../../src/verdict.ts'
import { createServices, type WebServices } from '../../src/web/create-services.ts'
import { createGuard } from '../../src/web/guard/guard.ts'
import { toRouteRequirement } from '../../src/web/guard/requirement.ts'
import { resolveOptions } from '../../src/options/resolve-auth.ts'

// A part of a guard returns something that it should not: another package has replaced what it uses, or it has a mistake. The
// guard must never call its handler then.

const CONTEXT = {
  kind: 'bearer',
  claims: { sub: 'mallory', exp: 9e9 },
  scopes: ['Todos.Read'],
  roles: [],
  user: { sub: 'mallory' },
}

/** Values that a step could return by mistake, or that another package could put in its place. */
const ODD: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  true: () => true,
  'a number': () => 1,
  'a string': () => 'allowed',
  'an empty object': () => ({}),
  'a list': () => [CONTEXT],
  'a function': () => () => CONTEXT,
  'a response': () => new Response('in'),
  'a context that nobody verified': () => CONTEXT,
  'an object like a verdict': () => ({ context: CONTEXT, response: new Response('in') }),
  'an object with the prototype of a verdict': () => Object.create(Allowed.prototype) as unknown,
  'an object with the prototype of a caller': () =>
    Object.create(AuthenticatedCaller.prototype) as unknown,
  'a promise of undefined': () => Promise.resolve(),
  'a promise of an empty object': () => Promise.resolve({}),
  'a promise of true': () => Promise.resolve(true),
  'a promise of a context that nobody verified': () => Promise.resolve(CONTEXT),
  // oxlint-disable-next-line unicorn/no-thenable -- It is not a promise of this package.
  'a foreign promise': () => ({ then: (next: (value: unknown) => void) => next(CONTEXT) }),
  // oxlint-disable-next-line unicorn/no-thenable -- It is not a promise at all.
  'an object with a property then': () => ({ then: CONTEXT }),
}

const NAMES = Object.keys(ODD)
const odd = (name: string): unknown => ODD[name]?.()

/** A request that has a session cookie and a token, both of which only the parts of the guard judge. */
function request(headers: Readonly<Record<string, string>> = {}): HttpContext {
  return {
    method: 'POST',
    url: '/todos',
    header: (name) => ({ cookie: 'identity=x', 'sec-fetch-site': 'same-origin', ...headers })[name],
    isResponseSent: false,
    setCookies: () => true,
    noStore: () => undefined,
  }
}

/** Runs a guard. The handler must not be called, whatever the guard does instead. */
async function expectClosed(guard: RouteGuard<never>, http = request()): Promise<void> {
  const handler = vi.fn<() => Response>(() => new Response('in'))
  let outcome: unknown
  try {
    outcome = await guard(http, handler)
  } catch (error) {
    outcome = error
  }
  // Vitest cannot print the arguments.
  expect(handler.mock.calls.length).toBe(0)
  // Adapters understand a missing response as "the handler has responded".
  expect(outcome).toBeTypeOf('object')
  // The response "in" is one of the odd values.
  const isOpen = outcome instanceof Response && outcome.ok && (await outcome.text()) !== 'in'
  expect(isOpen).toBe(false)
}

const OPTIONS = {
  authority: 'http://localhost:1/contoso.example',
  clientId: '11111111-2222-3333-4444-555555555555',
  clientCredential: 'secret',
  environment: 'development',
} as const

function apiServices(): ApiServices {
  const { resolved, problems } = resolveApiOptions(OPTIONS, {}, { table: API_AUTH })
  expect(problems).toEqual([])
  if (resolved === undefined) throw new TypeError('The options are wrong.')
  return createApiServices(resolved, SILENT)
}

function webServices(): WebServices<unknown> {
  const { resolved, problems } = resolveOptions(
    { ...OPTIONS, redirectUri: 'http://localhost:3000/redirect' },
    {},
  )
  expect(problems).toEqual([])
  if (resolved === undefined) throw new TypeError('The options are wrong.')
  return createServices(resolved, { events: SILENT, variables: {} })
}

describe('the guard of an API calls no handler', () => {
  const { requirementRules } = apiServices()
  const guardWith = (
    { groups, ...parts }: Readonly<Record<string, unknown>>,
    requirement: object = {},
  ): RouteGuard<never> => {
    const [issuer] = requirementRules.issuers
    const known =
      groups === undefined ? issuer : { ...issuer, groups: groups as typeof issuer.groups }
    return createAuthorizationGuard(
      { ...apiServices(), ...parts },
      toRequirement({ ...requirementRules, issuers: [known] }, requirement),
    ) as RouteGuard<never>
  }
  const caller = (given: object): AuthenticatedCaller =>
    new AuthenticatedCaller({ ...CONTEXT, roles: [], user: { sub: 'x' }, ...given } as never)
  const withToken = request({ authorization: 'Bearer a.b.c' })

  test.each(NAMES)('if authenticateToken returns %s', async (name) => {
    for (const requirement of [{}, { appPermissions: 'Todos.Read' }, { claims: () => true }]) {
      await expectClosed(guardWith({ authenticateToken: () => odd(name) }, requirement), withToken)
    }
  })

  test.each(NAMES)('if the responses to errors are %s', async (name) => {
    const real = apiServices().bearerResponses
    const bearerResponses = {
      ...real,
      unauthorized: () => odd(name),
      toResponse: () => odd(name),
    }
    await expectClosed(guardWith({ bearerResponses }), request())
    await expectClosed(guardWith({ bearerResponses }), withToken)
    const lacking = { bearerResponses, authenticateToken: () => caller({ scopes: [] }) }
    await expectClosed(guardWith(lacking), withToken)
  })

  test.each(NAMES)('if the look-up of groups returns %s', async (name) => {
    const groups = { of: () => odd(name), add: () => undefined }
    const claims = { ...CONTEXT.claims, hasgroups: true }
    const authenticateToken = (): unknown => caller({ claims })
    const requirement = { groups: ['5f1a3b2c-0000-4000-8000-0000000000aa'] }
    await expectClosed(guardWith({ groups, authenticateToken }, requirement), withToken)
  })

  test.each(NAMES.filter((name) => !name.endsWith('true')))(
    'if the function of claims returns %s',
    async (name) => {
      const authenticateToken = (): unknown => caller({})
      const requirement = { claims: () => odd(name) }
      await expectClosed(guardWith({ authenticateToken }, requirement), withToken)
    },
  )

  test('but it calls the handler of a caller who passed every check', async () => {
    const group = '5f1a3b2c-0000-4000-8000-0000000000aa'
    const claims = { ...CONTEXT.claims, hasgroups: true }
    const authenticateToken = (): AuthenticatedCaller => caller({ claims })
    const groups = { of: () => Promise.resolve([group]), add: () => undefined }
    for (const requirement of [{}, { groups: [group] }, { claims: async () => true }]) {
      const handler = vi.fn<() => undefined>()
      await guardWith({ authenticateToken, groups }, requirement)(withToken, handler)
      expect(handler).toHaveBeenCalledOnce()
    }
  })
})

describe('the guard of sessions calls no handler', () => {
  const now = Math.floor(Date.now() / 1000)
  const session = {
    id: 'x',
    claims: { sub: 'alex' },
    startedAt: now,
    touchedAt: now,
    idleEndsAt: now + 600,
    endsAt: now + 600,
  }
  const guardWith = (
    parts: (services: WebServices<unknown>) => Partial<Record<keyof WebServices<unknown>, unknown>>,
    requirement: object = {},
  ): RouteGuard<never> => {
    const services = webServices()
    return createGuard(
      { ...services, ...parts(services) } as WebServices<unknown>,
      toRouteRequirement(requirement, 'entra'),
    ) as unknown as RouteGuard<never>
  }
  /** The sessions of a user, with parts of the strategy replaced. */
  const sessionsWith =
    (parts: Readonly<Record<string, unknown>>, others: object = {}) =>
    ({ sessions }: WebServices<unknown>) => ({
      ...others,
      sessions: { ...sessions, read: () => session, ...parts },
    })

  test.each(NAMES)('if the session is %s', async (name) => {
    for (const requirement of [{}, { roles: ['Admin'] }, { maxAgeSeconds: 60 }]) {
      await expectClosed(guardWith(sessionsWith({ read: () => odd(name) }), requirement))
    }
  })

  test.each(NAMES)('if the tokens are %s', async (name) => {
    const guard = guardWith(sessionsWith({ readTokens: () => odd(name) }), {
      scopes: ['User.Read'],
    })
    await expectClosed(guard)
  })

  test.each(NAMES.filter((name) => name !== 'true'))(
    'if the check of the sender returns %s',
    async (name) => {
      const crossSite = { isAllowed: () => odd(name), toError: () => odd(name) }
      await expectClosed(guardWith(sessionsWith({}, { crossSite })))
    },
  )

  test.each(NAMES.filter((name) => !name.endsWith('true')))(
    'if the function of claims returns %s',
    async (name) => {
      await expectClosed(guardWith(sessionsWith({}), { claims: () => odd(name) }))
    },
  )

  test.each(NAMES)('if the responses to errors are %s', async (name) => {
    const pages = { errors: { toResponse: () => odd(name), toForbidden: () => odd(name) } }
    await expectClosed(guardWith(sessionsWith({}, { pages }), { roles: ['Admin'] }))
    const crossSite = { isAllowed: () => false, toError: () => odd(name) }
    await expectClosed(guardWith(sessionsWith({}, { pages, crossSite })))
  })

  test('but it calls the handler of a user who passed every check', async () => {
    for (const requirement of [{}, { claims: async () => true }, { claims: { sub: 'alex' } }]) {
      const handler = vi.fn<() => undefined>()
      await guardWith(sessionsWith({}), requirement)(request(), handler)
      expect(handler.mock.calls).toHaveLength(1)
    }
  })
})

describe('nobody passes', () => {
  const unless = (name: string): RouteGuard<never> => (() => odd(name)) as never

  test.each(NAMES)('if the guard of orBearer returns %s', async (name) => {
    const challenge = 'Bearer'
    const guard = sessionOrBearer({ session: unless(name), bearer: unless(name), challenge })
    const accept = vi.fn<() => undefined>()
    for (const http of [request(), request({ authorization: 'Bearer a.b.c' })]) {
      const outcome = await Promise.resolve()
        .then(() => isAllowedBy(guard as RouteGuard<never>, http, accept))
        .catch((error: unknown) => error)
      expect(outcome).not.toBe(true)
    }
    expect(accept).not.toHaveBeenCalled()
  })

  test.each(NAMES)('if the guard of a function returns %s', async (name) => {
    const run = vi.fn<() => undefined>()
    const outcome = await Promise.resolve()
      .then(() => runGuarded(unless(name), request(), run))
      .catch((error: unknown) => error)
    expect(run).not.toHaveBeenCalled()
    expect(outcome).not.toHaveProperty('result')
  })

  test.each(NAMES)('if a guard without a handler returns %s', async (name) => {
    const accept = vi.fn<() => undefined>()
    const outcome = await Promise.resolve()
      .then(() => isAllowedBy(unless(name), request(), accept))
      .catch((error: unknown) => error)
    expect(accept).not.toHaveBeenCalled()
    expect(outcome).not.toBe(true)
  })

  test.each(NAMES)('if a guard of a function returns %s', async (name) => {
    const run = vi.fn<() => string>()
    const outcome = await Promise.resolve()
      .then(() => runGuarded(unless(name), request(), run))
      .catch((error: unknown) => error)
    expect(run).not.toHaveBeenCalled()
    expect(Object.hasOwn(Object(outcome) as object, 'result')).toBe(false)
  })

  test.each(['null', 'true', 'a number', 'a string', 'a function'])(
    'if a guard calls its handler and then returns %s',
    async (name) => {
      const guard = ((_http: HttpContext, handler: () => unknown) => {
        handler()
        return odd(name)
      }) as unknown as RouteGuard<never>
      for (const runs of [isAllowedBy<never>, runGuarded<never, string>]) {
        const outcome = await Promise.resolve()
          .then(() => runs(guard, request(), () => 'secret'))
          .catch((error: unknown) => error)
        expect(outcome).toBeInstanceOf(TypeError)
      }
    },
  )

  test('with a verdict of another copy of the package', async () => {
    const path = '../../src/verdict.ts?copy'
    const copy = (await import(path)) as { readonly Allowed: typeof Allowed }
    expect(copy.Allowed).not.toBe(Allowed)
    const foreign = new copy.Allowed<AuthorizationContext>(CONTEXT as never)
    expect([Allowed.is(foreign), Rejected.is(foreign)]).toEqual([false, false])
    expect([Allowed.is(new Allowed(CONTEXT)), Allowed.is(new Rejected(new Response()))]).toEqual([
      true,
      false,
    ])
  })
})

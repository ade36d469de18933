import { describe, expect, test, vi } from 'vitest'
import { ApiAuth, Auth, IdentityError, McpAuth } from '../../src/adapters/fetch/index.ts'

// With wrong options, no member lets anybody pass. A member that is forgotten would do nothing, or what it does with right
// options. So a new member must respond with 503, throw, or stand in this list.

const ENVIRONMENT = { NODE_ENV: 'production' }
const WRONG = { authority: 'nowhere', logger: {}, onEvent: () => undefined } as object
const request = (): Request =>
  new Request('https://app.contoso.com/page', { headers: { authorization: 'Bearer a.b.c' } })

const CLASSES = {
  Auth: () => new Auth(WRONG, ENVIRONMENT),
  ApiAuth: () => new ApiAuth(WRONG, ENVIRONMENT),
  McpAuth: () => new McpAuth({ ...WRONG, resource: 'https://app.contoso.com/mcp' }, ENVIRONMENT),
}
const PROBLEMS = expect.arrayContaining([expect.objectContaining({ option: 'authority' })])
const CONFIGURATION = expect.toSatisfy(isConfigurationError)
const REJECTED = expect.objectContaining({ ok: false, error: CONFIGURATION })
/** What members return that neither respond nor throw. */
const LISTED: Readonly<Record<string, unknown>> = {
  problems: PROBLEMS,
  paths: expect.objectContaining({ callback: '/redirect' }),
  close: undefined,
  // There is no user.
  getUser: undefined,
  getContext: undefined,
  browserSession: { user: null, loginUrl: '/login' },
  authenticate: REJECTED,
  getEditProfileUrl: undefined,
  getResetPasswordUrl: undefined,
  // Not a route of the library: the application responds.
  handle: undefined,
}
/** The members that return an object whose function is then called. */
const INNER: Readonly<Record<string, string>> = {
  orBearer: 'required',
  verifier: 'verifyAccessToken',
  verifierFor: 'verifyAccessToken',
}
/** The members that need other arguments. */
const ARGUMENTS: Readonly<Record<string, readonly unknown[]>> = {
  respond: [new Request('https://app.contoso.com/login'), () => new Response('passed')],
  toResponse: [request(), new IdentityError('login_required', 'No user.')],
  handleLogout: ['back-channel', request()],
  orBearer: [new ApiAuth(WRONG, ENVIRONMENT)],
}

function isConfigurationError(error: unknown): boolean {
  return IdentityError.is(error) && error.code === 'configuration'
}

function membersOf(instance: object): readonly string[] {
  const names = new Set(Object.getOwnPropertyNames(instance))
  for (let type = Object.getPrototypeOf(instance); type !== Object.prototype;) {
    for (const name of Object.getOwnPropertyNames(type)) names.add(name)
    type = Object.getPrototypeOf(type)
  }
  names.delete('constructor')
  return [...names]
}

for (const [name, create] of Object.entries(CLASSES)) {
  describe(`${name} with wrong options`, () => {
    test.each(membersOf(create()))('%s', async (member) => {
      const instance = create() as object as Record<string, unknown>
      const handler = vi.fn<() => Response>(() => new Response('passed'))
      const call = async (): Promise<unknown> => {
        const value = instance[member]
        const given = ARGUMENTS[member] ?? [request(), handler]
        const result: unknown =
          typeof value === 'function' ? await value.apply(instance, given) : value
        const inner = INNER[member]
        const guard = inner === undefined ? result : (result as Record<string, unknown>)[inner]
        if (typeof guard !== 'function') return result
        // A guard, or the function that declares one.
        const guarded: unknown = await guard(inner === 'required' ? handler : request(), handler)
        return typeof guarded === 'function' ? guarded(request()) : guarded
      }
      const outcome: unknown = await call().catch((error: unknown) => ({ error }))
      expect(handler).not.toHaveBeenCalled()
      const expected = Object.hasOwn(LISTED, member) ? LISTED[member] : { error: CONFIGURATION }
      const isUnavailable = outcome instanceof Response && outcome.status === 503
      expect(isUnavailable || outcome).toEqual(isUnavailable || expected)
    })
  })
}

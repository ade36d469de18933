import { createServer } from 'node:http'
import express from 'express'
import { AccessDenied, memoryStore } from 'identity-web'
import { Auth as ExpressAuth } from 'identity-web/express'
import { ApiAuth, Auth, McpAuth } from 'identity-web/fetch'
import { deviceCode } from 'identity-web/device-code'
import { easyAuth } from 'identity-web/easy-auth'
import { previewRelay } from 'identity-web/previews'
import { sharedTokens } from 'identity-web/token-cache'
import { AUTHORIZATION_OPTIONS } from '../../src/api/guard/requirement.ts'
import { DEVICE_CODE } from '../../src/device-code/options.ts'
import { EASY_AUTH } from '../../src/easy-auth/options.ts'
import { API_AUTH, ISSUER_OPTIONS } from '../../src/options/api-options.ts'
import { AUTH } from '../../src/options/auth-options.ts'
import { FORWARD } from '../../src/options/forward-options.ts'
import { MCP_AUTH } from '../../src/options/mcp-options.ts'
import type { OptionTable } from '../../src/options/rows.ts'
import { SIGN_IN_ROWS } from '../../src/options/sign-in-parameters.ts'
import { PREVIEW_RELAY } from '../../src/previews/options.ts'
import type { EitherRequirement } from '../../src/session-or-bearer/requirement.ts'
import { LOGIN_OPTIONS } from '../../src/web/guard/requirement.ts'
import { beforeEach, onTestFinished, vi } from 'vitest'
import { describe, expect, test } from '../support/fixtures.ts'
import { TODO_API } from '../support/issuers-fixtures.ts'
import { close, listen, SESSION_SECRET, signIn } from '../support/site.ts'

// Options, groups, requirements and tools can be objects of classes, as configuration classes of NestJS are. A member that is
// not read is a restriction that is lost, so each of them is wrong once in each form, and must be reported as in a literal.

type Members = Readonly<Record<string, unknown>>

beforeEach(() => {
  for (const method of ['info', 'warn', 'error', 'log'] as const)
    vi.spyOn(console, method).mockReturnValue()
})

/** Objects with the same members as a literal. */
const FORMS: Readonly<Record<string, (members: Members) => object>> = {
  'own members of a class': (members) =>
    Object.assign(new (class Settings extends Object {})(), members),
  'getters of a class': (members) => {
    class Settings {
      readonly #values = members
      static valueOf(settings: Settings, name: string): unknown {
        return settings.#values[name]
      }
    }
    for (const name of Object.keys(members)) {
      Object.defineProperty(Settings.prototype, name, {
        get(this: Settings) {
          return Settings.valueOf(this, name)
        },
      })
    }
    return new (class Inherited extends Settings {})()
  },
  'Object.create(defaults)': (members) => Object.create(members) as object,
  'members that are not enumerable': (members) =>
    Object.defineProperties(
      {},
      Object.fromEntries(Object.entries(members).map(([name, value]) => [name, { value }])),
    ),
  'a proxy': (members) => new Proxy(members, {}),
  'a proxy that does not list its names': (members) =>
    new Proxy({}, { get: (_, name) => Reflect.get(members, name) as unknown }),
}
const forms = Object.entries(FORMS)
const UNLISTED = ['members that are not enumerable', 'a proxy that does not list its names']

/** Values that cannot have members, and what messages call them. */
const REFUSED: readonly (readonly [kind: string, value: unknown])[] = [
  ['a Map', new Map([['roles', ['Admin']]])],
  ['a Set', new Set(['roles'])],
  ['an array', [{ roles: ['Admin'] }]],
  ['a function', () => ({ roles: ['Admin'] })],
  ['a promise', Promise.resolve({ roles: ['Admin'] })],
  ['a URLSearchParams', new URLSearchParams('roles=Admin')],
]

/** A requirement does not accept it. */
const WRONG = Symbol.iterator

/** Returns a value that an option does not accept, as the messages about a literal show. */
function wrongValue(find: (options: object) => string[], option: string): unknown {
  const value = [7, -1, '', {}].find((one) =>
    find(withValue(literal, option, one)).some((message) =>
      message.includes(option.split('.').pop() ?? ''),
    ),
  )
  if (value === undefined) throw new TypeError(`Add a wrong value for the option ${option}.`)
  return value
}

const RIGHT = { logger: false, environment: 'development', strictStart: false } as const
const REQUIRED = {
  authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
  clientId: '11111111-2222-3333-4444-555555555555',
}

/** Returns the messages about options. */
const OWNERS: readonly (readonly [OptionTable, (options: object) => string[]])[] = [
  [AUTH, (options) => messagesOf(new Auth(options))],
  [API_AUTH, (options) => messagesOf(new ApiAuth(options))],
  [MCP_AUTH, (options) => messagesOf(new McpAuth(options))],
  [DEVICE_CODE, (options) => messagesOf(new Auth({ ...RIGHT, signIn: deviceCode(options) }))],
  [EASY_AUTH, (options) => messagesOf(new Auth({ ...RIGHT, signIn: easyAuth(options) }))],
  [PREVIEW_RELAY, (options) => messagesOf(new Auth({ ...RIGHT, previews: previewRelay(options) }))],
  [FORWARD, (options) => [errorOf(() => configured().forward('/api', options as never))]],
]

function messagesOf({
  problems,
}: {
  readonly problems: readonly { readonly message: string }[]
}): string[] {
  return problems.map(({ message }) => message)
}

function errorOf(call: () => unknown): string {
  try {
    call()
  } catch (error) {
    return (error as Error).message
  }
  return 'The call did not fail.'
}

function configured(session: object = {}): Auth {
  return new Auth({
    ...RIGHT,
    ...REQUIRED,
    clientAuthentication: 'none',
    redirectUri: 'http://localhost:3000/redirect',
    session: { secret: SESSION_SECRET, ...session },
  })
}

/** Makes options in which one option has a value. All groups around it have the same form. */
function withValue(form: (members: Members) => object, option: string, value: unknown): object {
  return option
    .split('.')
    .reduceRight((inner: unknown, name) => form({ [name]: inner }), value) as object
}

const literal = (members: Members): object => members

describe.each(OWNERS.map(([table, find]) => ({ name: table.owner, table, find })))(
  'each option of $name',
  ({ table, find }) => {
    test.each(forms)('is read from %s', (_, form) => {
      for (const option of Object.keys(table.options)) {
        const value = wrongValue(find, option)
        expect(find(withValue(form, option, value)), option).toEqual(
          find(withValue(literal, option, value)),
        )
      }
    })

    test('is read from a method of a class', () => {
      for (const option of Object.keys(table.options)) {
        const method = (): unknown => 1
        const byMethod = (members: Members): object => {
          class Settings extends Object {}
          for (const [name, value] of Object.entries(members))
            Object.defineProperty(Settings.prototype, name, { value })
          return new Settings()
        }
        expect(find(withValue(byMethod, option, method)), option).toEqual(
          find(withValue(literal, option, method)),
        )
      }
    })

    test('that does not exist is refused on the whole chain, with the right name', () => {
      const [first = ''] = Object.keys(table.rows)
      const misspelled = `${first}x`
      for (const [, form] of forms.slice(0, 3)) {
        const [message = ''] = find(form({ [misspelled]: 1 })).filter((one) =>
          one.includes(misspelled),
        )
        expect(message).toContain(`has no option ${misspelled}. Did you mean ${first}?`)
      }
    })

    test.each(REFUSED)('cannot be in %s', (kind, value) => {
      expect(find(value as object).join('\n')).toContain(
        `The options of ${table.owner} must be an object, but received ${kind}.`,
      )
      for (const [option, { members, depth = 0 }] of Object.entries(table.options)) {
        if (members === undefined && depth === 0) continue
        const wrong = find(withValue(literal, option, value)).join('\n')
        if (members !== undefined || typeof value === 'object')
          expect(wrong, option).toContain(option)
        if (members === undefined && (Array.isArray(value) || typeof value !== 'object')) continue
        expect(wrong).toContain(`${option} must be an object, but received ${kind}.`)
      }
    })
  },
)

describe('options with names that the application chooses', () => {
  test.each(forms.filter(([name]) => !UNLISTED.includes(name)))('are read from %s', (_, form) => {
    for (const option of ISSUER_OPTIONS.filter(
      (name) => API_AUTH.options[name]?.members === undefined,
    )) {
      const issuers = (make: typeof form): object =>
        make({ issuers: make({ workforce: make({ [option]: -1 }) }) })
      const expected = messagesOf(new ApiAuth({ ...RIGHT, ...issuers(literal) }))
      expect(expected.join('\n')).toContain(option)
      const given = FORMS['own members of a class']?.({
        ...RIGHT,
        issuers: Reflect.get(issuers(form), 'issuers'),
      })
      expect(messagesOf(new ApiAuth(given)), option).toEqual(expected)
    }
    const apis = form({
      todos: form({ baseUrl: 'http://todos.contoso.com', scopes: 'api://todos/Read' }),
    })
    expect(messagesOf(new Auth({ ...RIGHT, apis } as never)).join('\n')).toContain(
      'apis.todos.baseUrl',
    )
    const texts = form({ en: form({ signInn: 'Log in' }) })
    expect(messagesOf(new Auth({ ...RIGHT, texts })).join('\n')).toContain('signInn')
  })

  test.each(REFUSED)('cannot be in %s', (kind, value) => {
    if (typeof value !== 'object' || Array.isArray(value)) return
    const wrong = messagesOf(
      new Auth({ ...RIGHT, apis: { todos: value }, texts: { en: value } } as never),
    )
    expect(wrong.join('\n')).toContain(`apis.todos must be an object, but received ${kind}.`)
    expect(wrong.join('\n')).toContain(`texts.en must be an object, but received ${kind}.`)
  })

  test.each(forms.slice(0, 3))('of sharedTokens() are read from %s', (_, form) => {
    for (const option of ['store', 'secret', 'stor']) {
      const messages = (make: typeof form): string[] =>
        messagesOf(new ApiAuth({ ...RIGHT, tokenCache: sharedTokens(make({ [option]: WRONG })) }))
      expect(messages(form)).toEqual(messages(literal))
    }
    const refused = messagesOf(
      new ApiAuth({ ...RIGHT, tokenCache: sharedTokens(new Map() as never) }),
    )
    expect(refused.join('\n')).toContain('received a Map')
  })
})

// A new option of a part fails the type check.
const OF_USERS: Record<Exclude<keyof EitherRequirement, 'login' | 'authorization'>, true> = {
  roles: true,
  groups: true,
  claims: true,
  acrs: true,
}
const OF_LOGIN: Record<keyof NonNullable<EitherRequirement['login']>, true> = {
  scopes: true,
  maxAgeSeconds: true,
  challenge: true,
  csrf: true,
}
const OF_TOKENS: Record<keyof NonNullable<EitherRequirement['authorization']>, true> = {
  scopes: true,
  appPermissions: true,
  issuer: true,
}

/** Declares a guard with a requirement. */
type Declare = (requirement: object) => unknown

function guards(): readonly (readonly [
  name: string,
  options: readonly string[],
  declare: Declare,
])[] {
  const auth = configured()
  const api = new ApiAuth({ ...RIGHT, ...REQUIRED })
  const mcp = new McpAuth({ ...RIGHT, ...REQUIRED, resource: 'http://localhost:3000/mcp' })
  const handler = (): Response => new Response()
  return [
    ['loginRequired()', LOGIN_OPTIONS, (given) => auth.loginRequired(given, handler as never)],
    [
      'authorizationRequired()',
      AUTHORIZATION_OPTIONS,
      (given) => api.authorizationRequired(given as never, handler),
    ],
    [
      'required()',
      [
        ...Object.keys(OF_USERS),
        ...Object.keys(OF_LOGIN).map((name) => `login.${name}`),
        ...Object.keys(OF_TOKENS).map((name) => `authorization.${name}`),
      ],
      (given) => auth.orBearer(api).required(given, handler as never),
    ],
    [
      'authorizationRequired() of McpAuth',
      [
        ...AUTHORIZATION_OPTIONS,
        ...[...AUTHORIZATION_OPTIONS, 'onBehalfOf'].map((name) => `tools.close_office.${name}`),
      ],
      (given) => mcp.authorizationRequired(given as never, handler),
    ],
    [
      'scopeChallenge()',
      // A server checks the issuer with the first call.
      AUTHORIZATION_OPTIONS.filter((name) => name !== 'issuer'),
      (given) => mcp.scopeChallenge(given),
    ],
  ]
}

describe.each(guards().map(([name, options, declare]) => ({ name, options, declare })))(
  'each option of a requirement of $name',
  ({ name, options, declare }) => {
    test.each(forms)('is read from %s', (form, make) => {
      for (const option of options) {
        // Tools have names that the application chooses, so the object must list them.
        if (option.startsWith('tools.') && UNLISTED.includes(form)) continue
        const expected = errorOf(() => declare(withValue(literal, option, WRONG)))
        expect(expected, option).toContain(option.split('.').pop())
        expect(
          errorOf(() => declare(withValue(make, option, WRONG))),
          option,
        ).toBe(expected)
      }
    })

    test('that does not exist is refused on the whole chain', () => {
      for (const [, make] of forms.slice(0, 3)) {
        expect(errorOf(() => declare(make({ role: ['Admin'] })))).toContain(
          'has no option role. Did you mean roles?',
        )
      }
    })

    test.each(REFUSED)('cannot be in %s', (kind, value) => {
      // A handler is a function, and scopeChallenge() also accepts a list of scopes.
      if (typeof value === 'function' || (Array.isArray(value) && name === 'scopeChallenge()'))
        return
      expect(errorOf(() => declare(value as object))).toContain(`received ${kind}`)
      for (const option of ['roles', 'groups', 'appPermissions', 'claims'].filter((one) =>
        options.includes(one),
      )) {
        if (Array.isArray(value)) continue
        expect(
          errorOf(() => declare({ [option]: value })),
          option,
        ).not.toBe('The call did not fail.')
      }
    })
  },
)

describe('tools', () => {
  test.each(REFUSED)('cannot be in %s', (kind, value) => {
    const mcp = new McpAuth({ ...RIGHT, ...REQUIRED, resource: 'http://localhost:3000/mcp' })
    const declare = (tools: unknown) => () =>
      mcp.authorizationRequired({ tools } as never, () => new Response())

    expect(declare(value)).toThrow(
      `tools must be an object with the requirement of each tool, but received ${kind}.`,
    )
    expect(declare({ close_office: value })).toThrow(`received ${kind}`)
  })
})

describe('a restriction in an object of a class', () => {
  /** The settings of a site that only Fabrikam's users may enter. Alex belongs to Contoso. */
  class OfTenant {
    readonly #tenants = ['99999999-9999-4999-8999-999999999999']
    get tenants(): readonly string[] {
      return this.#tenants
    }
  }
  class OfOnLogin {
    readonly #allowed = 'nobody'
    onLogin(claims: { readonly sub: string }): object {
      if (claims.sub !== this.#allowed) throw new AccessDenied({ message: 'Ask the help desk.' })
      return claims
    }
  }

  test.for([
    ['the getter tenants', new OfTenant()],
    ['the method onLogin', new OfOnLogin()],
  ] as const)('rejects users: %s', async ([, restriction], { provider, browser }) => {
    const app = express()
    const server = createServer(app)
    const origin = await listen(server)
    onTestFinished(() => close(server))
    const settings = {
      authority: provider.authority(),
      clientId: provider.app.clientId,
      clientCredential: provider.app.clientSecret,
      redirectUri: `${origin}/redirect`,
      session: { secret: SESSION_SECRET },
      logger: false,
    }
    for (const [name, value] of Object.entries(settings))
      Object.defineProperty(restriction, name, { value, configurable: true })
    const auth = new ExpressAuth(app, restriction as never)
    app.get(
      '/',
      auth.loginRequired((_req, res) => void res.send('in')),
    )

    await expect(signIn({ origin }, provider, { as: 'alex' }, browser)).rejects.toThrow(/403/)
    expect((await browser.navigate(`${origin}/`)).status).toBe(302)
  })

  class OfClients {
    get allowedClients(): readonly string[] {
      return ['99999999-9999-4999-8999-999999999999']
    }
  }
  class OfRoles {
    get roles(): readonly string[] {
      return ['Nobody']
    }
  }

  test('rejects clients and callers of an API', async ({ provider }) => {
    const settings = { authority: provider.authority(), clientId: TODO_API, logger: false } as const
    const token = await provider.accessToken({ as: 'alex', api: TODO_API })
    const request = (): Request =>
      new Request('http://localhost/', { headers: { authorization: `Bearer ${token}` } })
    const open = new ApiAuth(settings)
    const closed = new ApiAuth(Object.assign(new OfClients(), settings))

    expect((await open.authenticate(request())).ok).toBe(true)
    expect(await closed.authenticate(request())).toMatchObject({ ok: false, status: 403 })
    expect(await open.authenticate(request(), new OfRoles())).toMatchObject({
      ok: false,
      status: 403,
    })
    const guarded = open.authorizationRequired(new OfRoles(), () => new Response('in'))
    expect((await guarded(request())).status).toBe(403)
    for (const [, value] of REFUSED)
      expect(await open.authenticate(request(), value as never)).toMatchObject({ ok: false })
  })

  test.for(forms)('ends only one session: %s', async ([, form]) => {
    const auth = configured({ store: memoryStore() })
    const of = form({ sub: 'alex', handle: 7 }) as never

    await expect(auth.revokeSessions(of)).rejects.toThrow('must be a string that listSessions()')
  })

  test.for(forms)(
    'holds in the options of auth.login(): %s',
    async ([kind, form], { provider }) => {
      const auth = new Auth({
        ...RIGHT,
        authority: provider.authority(),
        clientId: provider.app.clientId,
        redirectUri: 'http://localhost:3000/redirect',
        session: { secret: SESSION_SECRET },
      })
      const parameters = async (make: typeof form): Promise<Members> => {
        const options = make({
          prompt: 'login',
          loginHint: 'ann@contoso.com',
          domainHint: 'contoso.com',
          maxAgeSeconds: 5,
          claimsRequest: make({ id_token: make({ acrs: { essential: true, value: 'c1' } }) }),
          extraParams: make({ ui_locales: 'de' }),
          scopes: ['User.Read'],
        } satisfies Record<keyof typeof SIGN_IN_ROWS | 'scopes', unknown>)
        const { headers } = await auth.login(new Request('http://localhost:3000/'), options)
        const { searchParams } = new URL(headers.get('location') ?? '')
        for (const name of ['state', 'nonce', 'code_challenge']) searchParams.delete(name)
        return Object.fromEntries(searchParams)
      }
      const isListed = !UNLISTED.includes(kind)
      expect(await parameters(isListed ? form : literal)).toEqual(await parameters(literal))
      const failure = async (options: object): Promise<string> =>
        (await auth.login(new Request('http://localhost:3000/'), options)).text()
      expect(await failure(new Map())).toContain(
        'The options of auth.login() must be an object, but received a Map.',
      )
      const misspelled = await failure(form({ promt: 'login' }))
      expect(misspelled.includes('Did you mean prompt?')).toBe(isListed)
    },
  )
})

import { constants, generateKeyPairSync, sign } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { isSignedBy } from '../../src/authority/signature-node.ts'
import type { ProviderKey } from '../../src/authority/keys.ts'
import { decodeToken } from '../../src/authority/signed-token.ts'
import { NodeHttpContext } from '../../src/adapters/node.ts'
import { headerOf } from '../../src/classes/any-request.ts'
import { userIdOf } from '../../src/session/store/revocations.ts'
import { toClaimsRule } from '../../src/options/requirements.ts'
import { Allowed } from '../../src/verdict.ts'
import { checkAccess } from '../../src/web/guard/access.ts'
import { resolveForward } from '../../src/options/resolve-forward.ts'
import { afterEach, describe, expect, test } from 'vitest'
import { createApiServices } from '../../src/api/create-services.ts'
import { toRequirement } from '../../src/api/guard/requirement.ts'
import { toCaller } from '../../src/api/token/caller.ts'
import { API_AUTH } from '../../src/options/api-options.ts'
import { resolveApiOptions } from '../../src/options/resolve-api.ts'
import { credentialProblems, secretOf } from '../../src/client/index.ts'
import { deviceCode } from '../../src/device-code/device-code.ts'
import { textsFor } from '../../src/device-code/options.ts'
import { easyAuth } from '../../src/easy-auth/easy-auth.ts'
import { previewRelay } from '../../src/previews/preview-relay.ts'
import { PLATFORM } from '../../src/seams/platform.ts'
import { SIGN_IN_WAY } from '../../src/seams/sign-in-way.ts'
import { SIGNER } from '../../src/client/credential/client-credential.ts'
import { TOKEN_CACHE } from '../../src/client/token-cache.ts'
import { STORE_PROBLEM } from '../../src/store.ts'
import { PREVIEWS } from '../../src/seams/previews.ts'
import { checkMcpRequirement } from '../../src/mcp/tools.ts'
import { MCP_AUTH } from '../../src/options/mcp-options.ts'
import { withDefaultScopes } from '../../src/mcp/scopes.ts'
import { partsOf, checkEitherRequirement } from '../../src/session-or-bearer/requirement.ts'
import { SILENT } from '../../src/options/start-events.ts'
import { hasGroup, hasRole } from '../../src/web/guard/groups.ts'
import { checkAuthentication, toRouteRequirement } from '../../src/web/guard/requirement.ts'
import { AUTH } from '../../src/options/auth-options.ts'
import { resolveOptions } from '../../src/options/resolve-auth.ts'
import { userOf } from '../../src/session/session.ts'
import { expect as expectIn, test as siteTest } from '../support/fixtures.ts'

// Another package has added properties to `Object.prototype`, by mistake or because an attacker made it merge JSON. They must not
// become options, requirements, claims or users.

const VALUES: readonly unknown[] = [false, true, 'polluted', ['Admin'], { sub: 'mallory' }]
const added = new Set<string>()

afterEach(() => {
  for (const name of added) Reflect.deleteProperty(Object.prototype, name)
  added.clear()
})

function pollute(name: string, value: unknown): void {
  added.add(name)
  // oxlint-disable-next-line no-extend-native -- That is the attack.
  Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true })
}

/** Expects the same result with each of the properties on all objects as without them. */
function expectSame<Result>(names: readonly string[], read: () => Result): void {
  const clean = read()
  const changed: string[] = []
  for (const name of new Set(names)) {
    for (const value of VALUES) {
      pollute(name, value)
      let result: unknown
      try {
        result = read()
      } catch (error) {
        result = error
      }
      Reflect.deleteProperty(Object.prototype, name)
      if (!isDeepStrictEqual(result, clean)) changed.push(`${name}: ${JSON.stringify(value)}`)
    }
  }
  expect(changed).toEqual([])
}

const lastParts = (options: object): string[] =>
  Object.keys(options).map((name) => name.slice(name.lastIndexOf('.') + 1))

const PROVIDER = {
  authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
  clientId: '11111111-2222-3333-4444-555555555555',
  clientCredential: 'secret',
  environment: 'production',
} as const
const SECRET = 'b6ckQ1mB0yT7pWq3vXn8dLs5fHgJ2rZc'

test.for([PLATFORM, SIGN_IN_WAY, PREVIEWS, TOKEN_CACHE, SIGNER, STORE_PROBLEM])(
  'code on Object.prototype is not the code of a value: seam %#',
  (seam) => {
    const code = (): never => expect.fail('the code ran')
    const value = seam.put({}, code)
    const [key] = Object.getOwnPropertySymbols(value)
    // oxlint-disable-next-line no-extend-native -- That is the attack.
    Object.defineProperty(Object.prototype, key as symbol, { value: code, configurable: true })
    try {
      for (const foreign of [{}, [], () => undefined, 'text', undefined, Object.create(value)]) {
        expect(seam.of(foreign)).toBeUndefined()
      }
      expect(seam.of(value)).toBe(code)
    } finally {
      Reflect.deleteProperty(Object.prototype, key as symbol)
    }
  },
)

describe('properties of all objects are not', () => {
  test('options of Auth', () => {
    const redirectUri = 'https://app.contoso.com/redirect'
    const session = { secret: SECRET }
    const sets = [
      { ...PROVIDER, redirectUri, session },
      {
        ...PROVIDER,
        redirectUri,
        session: { ...session, cookie: {} },
        pages: {},
        browser: { sessionView: () => ({}) },
      },
    ]
    for (const options of sets) {
      expectSame(lastParts(AUTH.options), () => {
        const { resolved, problems, warnings } = resolveOptions(options, {})
        expect(problems).toEqual([])
        // Functions are made anew.
        return { warnings, resolved: JSON.stringify(resolved) }
      })
    }
  })

  test('options of ApiAuth', () => {
    expectSame(lastParts(API_AUTH.options), () => {
      const { resolved, problems } = resolveApiOptions(PROVIDER, {}, { table: API_AUTH })
      expect(problems).toEqual([])
      return JSON.stringify(resolved)
    })
  })

  test('fields of a credential', () => {
    const credential = { certificate: 'certificate.pem' }
    expectSame(['secret', 'expires'], () => [credentialProblems(credential), secretOf(credential)])
  })

  test.each([
    ['RS256', generateKeyPairSync('rsa', { modulusLength: 2048 }), {}],
    [
      'PS256',
      generateKeyPairSync('rsa', { modulusLength: 2048 }),
      { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 },
    ],
    ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' }), { dsaEncoding: 'ieee-p1363' }],
    ['EdDSA', generateKeyPairSync('ed25519'), {}],
  ] as const)('options with which Node.js verifies %s', (alg, pair, options) => {
    const hash = alg === 'EdDSA' ? null : 'sha256'
    const key = { key: pair.privateKey, ...options }
    const signature = sign(hash, Buffer.from('a.b'), key).toString('base64url')
    expectSame(['padding', 'saltLength', 'dsaEncoding', 'context', 'format', 'type'], () => {
      // Node.js also reads options when it imports a key.
      const jwk = pair.publicKey.export({ format: 'jwk' }) as ProviderKey
      return ['a.b', 'a.c'].map((signed) =>
        isSignedBy({ token: `${signed}.${signature}`, header: { alg } }, jwk),
      )
    })
  })

  test('requirements of routes', () => {
    const { resolved } = resolveApiOptions(PROVIDER, {}, { table: API_AUTH })
    if (resolved === undefined) throw new TypeError('The options are wrong.')
    const { requirementRules } = createApiServices(resolved, SILENT)
    const names = [
      'scopes',
      'roles',
      'groups',
      'claims',
      'acrs',
      'maxAgeSeconds',
      'challenge',
      'csrf',
      'appPermissions',
      'login',
      'authorization',
      'tools',
      'onBehalfOf',
      'allOf',
      'anyOf',
      ...lastParts(MCP_AUTH.options),
    ]
    expectSame(names, () => toRouteRequirement({}, 'entra'))
    expectSame(names, () => toRouteRequirement({ maxAgeSeconds: 60 }, 'entra'))
    expectSame(names, () => toRequirement(requirementRules, {}))
    expectSame(names, () => toRequirement(requirementRules, { scopes: ['Todos.Read'] }))
    expectSame(names, () => partsOf({}))
    expectSame(names, () => checkEitherRequirement({}))
    expectSame(names, () => checkMcpRequirement({}))
    const rules = { scopes: ['Tools.Use'], prefix: undefined }
    expectSame(names, () => withDefaultScopes({}, rules))
    const prefix = 'https://tools.contoso.com/mcp/'
    expectSame(names, () => {
      // The scope has another prefix.
      expect(() => withDefaultScopes({ scopes: ['api://x/Use'] }, { ...rules, prefix })).toThrow(
        'AADSTS9010010',
      )
    })
  })

  test('options of easyAuth', () => {
    const variables = { CONTAINER_APP_NAME: 'shop', CONTAINER_APP_ENV_DNS_SUFFIX: 'azure.example' }
    expectSame(['trustContainerApps', 'provider', 'url'], () => {
      const platform = PLATFORM.of(easyAuth())?.(variables)
      expect(platform?.problems).toEqual([expect.stringContaining('so these headers are ignored')])
      return JSON.stringify([platform, platform?.loginUrl({ returnTo: '/', parameters: {} })])
    })
  })

  test('options of previewRelay', () => {
    const redirectUri = new URL('https://app.contoso.com/redirect')
    expectSame(['origin', 'origins', 'secret'], () => {
      const needs = { variables: {}, redirectUri, sessionSecrets: [] }
      const { ownOrigin, problems } = PREVIEWS.of(previewRelay({}))?.(needs) ?? {}
      expect(problems).toEqual([])
      return ownOrigin
    })
  })

  test('options of deviceCode', () => {
    expectSame(['page', 'texts', 'de', 'title'], () => {
      const { problems } = resolveOptions({ signIn: deviceCode() }, {})
      return JSON.stringify([problems, textsFor({ texts: {} }, 'de')])
    })
  })

  test('claims, and users', () => {
    const claims = { iss: 'https://issuer', aud: 'x', exp: 9e9, sub: 'alex', azp: 'client' }
    const names = ['roles', 'groups', 'scp', 'scope', 'oid', 'tid', 'name', 'idtyp', 'user', 'app']
    const more = ['appPermissions', 'hasgroups', '_claim_names', 'client_id', 'preferred_username']
    expectSame([...names, ...more], () => toCaller('entra', { ...claims, scp: 'Todos.Read' }))
    expectSame([...names, ...more], () => toCaller('oidc', { ...claims, scope: 'Todos.Read' }))
    expectSame(names, () => hasRole({ claims }, 'Admin'))
    expectSame(names, () => hasGroup({ claims }, 'Admin'))
    expectSame(names, () => userOf({ claims } as never))
  })

  test('what an Auth decides by', () => {
    const current = { cookieHeader: '', session: { claims: { sub: 'alex' } } } as never
    const rule = { names: ['Admin'], needsAll: false }
    const none = { roles: undefined, groups: undefined, claims: undefined, claimNames: undefined }
    const isAllowed = (access: object): boolean =>
      Allowed.is(
        checkAccess({} as never, { http: {} as never, current, access: { ...none, ...access } }),
      )
    expectSame(['roles'], () => isAllowed({ roles: rule }))
    expectSame(['groups', 'hasgroups', '_claim_names'], () => isAllowed({ groups: rule }))
    const claims = toClaimsRule({ form: {} as never, option: 'claims' }, { department: 'polluted' })
    expectSame(['department'], () => claims({ sub: 'alex' }))
    const clock = { now: 0, tolerance: 0 }
    const session = { claims: { sub: 'alex' } } as never
    for (const needs of [
      { acrs: ['Admin'], maxAgeSeconds: undefined },
      { acrs: [], maxAgeSeconds: 60 },
    ]) {
      for (const name of ['acrs', 'auth_time']) {
        expectSame([name], () => checkAuthentication(session, needs, clock) === true)
      }
    }
  })

  test('options of forwarders, and of authenticate()', () => {
    const options = { target: 'https://todos.contoso.com', scopes: ['api://todos/Todos.Read'] }
    const names = ['token', 'paths', 'methods', 'requestHeaders', 'responseHeaders']
    expectSame([...names, 'timeoutSeconds', 'maxBodyBytes', 'allowInsecureTarget'], () =>
      resolveForward('/api', options),
    )
  })

  test('headers of a request of Node.js', () => {
    const names = ['authorization', 'cookie', 'sec-fetch-site', 'x-csrf', 'origin']
    for (const name of names) {
      expectSame([name], () => headerOf({ headers: {} }, name))
      const http = new NodeHttpContext({ headers: {} } as never, {} as never)
      expectSame([name], () => http.header(name))
    }
  })

  test('claims of a token', () => {
    const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')
    const token = `${encode({ alg: 'RS256' })}.${encode({ sub: 'alex' })}.AA`
    expectSame(['aud', 'iss', 'exp', 'crit', 'kid'], () => {
      const { claims, header } = decodeToken(token) ?? {}
      return [claims?.['aud'], claims?.['iss'], claims?.['exp'], header?.['crit'], header?.['kid']]
    })
    expectSame(['id', 'oid', 'sid'], () => userIdOf({ sub: 'alex' }))
    expect(
      userIdOf(
        new (class {
          get id(): string {
            return 'own'
          }
        })(),
      ),
    ).toBe('own')
  })
})

describe('a site beside a package that changed all objects', () => {
  siteTest(
    'authenticates the token of a request, and not that of all objects',
    async ({ api, provider }) => {
      const [alex, robin] = [
        await provider.accessToken({ as: 'alex' }),
        await provider.accessToken({ as: 'robin' }),
      ]
      pollute('token', alex)
      pollute('authorization', `Bearer ${alex}`)
      const none = await api.api.authenticate({ headers: {} })
      const ofRobin = await api.api.authenticate({ headers: { authorization: `Bearer ${robin}` } })

      expectIn(none.ok).toBe(false)
      expectIn(ofRobin.ok && ofRobin.context.user?.oid).toBe(provider.user('robin').oid)
    },
  )

  siteTest('gives each user their own claims only', async ({ site, browser }) => {
    await site.signIn({ as: 'alex' }, browser)
    const clean = await browser.navigate(`${site.origin}/`)
    pollute('roles', ['Todos.Approver'])
    pollute('user', { sub: 'mallory' })
    pollute('claims', { sub: 'mallory' })
    pollute('rejected', undefined)
    const page = await browser.navigate(`${site.origin}/`)

    expectIn([clean.status, page.status]).toEqual([200, 200])
    expectIn(page.text).toBe(clean.text)
  })
})

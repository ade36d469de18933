import { isDeepStrictEqual } from 'node:util'
import { afterEach, describe, expect, test } from 'vitest'
import { createApiServices } from '../../src/api/create-services.ts'
import { toRequirement } from '../../src/api/guard/requirement.ts'
import { toCaller } from '../../src/api/token/caller.ts'
import { API_AUTH } from '../../src/api/options/extension.ts'
import { API_OPTIONS, resolveApiOptions } from '../../src/api/options/resolve-options.ts'
import { easyAuth } from '../../src/easy-auth/easy-auth.ts'
import { createPlatform } from '../../src/web/options/platform.ts'
import { checkMcpRequirement } from '../../src/mcp/tools.ts'
import { MCP_NAMES } from '../../src/mcp/resolve-options.ts'
import { withDefaultScopes } from '../../src/mcp/scopes.ts'
import { partsOf, checkEitherRequirement } from '../../src/session-or-bearer/requirement.ts'
import { SILENT } from '../../src/settings/create-events.ts'
import { hasGroup, hasRole } from '../../src/web/guard/groups.ts'
import { toRouteRequirement } from '../../src/web/guard/requirement.ts'
import { AUTH_OPTIONS } from '../../src/web/options/option-names.ts'
import { resolveOptions } from '../../src/web/options/resolve-options.ts'
import { userOf } from '../../src/session/session.ts'
import { expect as expectIn, test as siteTest } from '../support/fixtures.ts'
import { signIn } from '../support/site.ts'

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

describe('properties of all objects are not', () => {
  test('options of Auth', () => {
    const redirectUri = 'https://app.contoso.com/redirect'
    const session = { secret: SECRET }
    const sets = [
      { ...PROVIDER, redirectUri, session },
      { ...PROVIDER, redirectUri, session: { ...session, cookie: {} }, pages: {}, paths: {} },
    ]
    for (const options of sets) {
      expectSame(lastParts(AUTH_OPTIONS), () => {
        const { resolved, problems, warnings } = resolveOptions(options, {})
        expect(problems).toEqual([])
        // Functions are made anew.
        return { warnings, resolved: JSON.stringify(resolved) }
      })
    }
  })

  test('options of ApiAuth', () => {
    expectSame(lastParts(API_OPTIONS), () => {
      const { resolved, problems } = resolveApiOptions(PROVIDER, {}, API_AUTH)
      expect(problems).toEqual([])
      return JSON.stringify(resolved)
    })
  })

  test('requirements of routes', () => {
    const { resolved } = resolveApiOptions(PROVIDER, {}, API_AUTH)
    if (resolved === undefined) throw new TypeError('The options are wrong.')
    const { requirementRules } = createApiServices(resolved, SILENT)
    const names = [
      ...['scopes', 'roles', 'groups', 'claims', 'acrs', 'maxAgeSeconds', 'challenge', 'csrf'],
      ...['appPermissions', 'login', 'authorization', 'tools', 'onBehalfOf', 'allOf', 'anyOf'],
      ...lastParts(MCP_NAMES),
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
      const platform = createPlatform(easyAuth(), variables)
      expect(platform?.problems).toEqual([expect.stringContaining('so they are ignored')])
      return JSON.stringify([platform, platform?.loginUrl({ returnTo: '/', parameters: {} })])
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
})

describe('a site beside a package that changed all objects', () => {
  siteTest('gives each user their own claims only', async ({ site, provider, browser }) => {
    await signIn(site, provider, { as: 'alex' }, browser)
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

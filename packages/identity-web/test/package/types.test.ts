import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { Editor, entryPoints } from '../support/editor.ts'

// The types of the package as it was built, as applications see them.

/** Types that the users of every framework need. */
const TYPES = [
  'AccessTokenClaims',
  'AnyIdentityError',
  'ApiAuthOptions',
  'ApiUser',
  'AppContext',
  'AuthOptions',
  'AuthorizationContext',
  'AuthorizationRequirement',
  'BrowserSession',
  'Claims',
  'ClientCredential',
  'ConfigurationProblem',
  'ContextFor',
  'EitherContext',
  'EitherRequirement',
  'IdentityErrorCode',
  'IdentityEvent',
  'IssuerOptions',
  'LoginContext',
  'LoginOptions',
  'Logger',
  'LoginRequirement',
  'NamedApis',
  'Register',
  'SessionContext',
  'SessionStore',
  'TokenContext',
  'TokenResult',
  'UserContext',
]
/**
 * The most names that a framework may export, values and types. A name is exported if it is a value, if it occurs in the type of a
 * public member (declarations.test.ts finds these), or if applications annotate with it.
 */
const MOST_NAMES: Readonly<Record<string, number>> = {
  'identity-web/express': 80,
  'identity-web/fastify': 83,
  'identity-web/koa': 80,
  'identity-web/hono': 80,
  'identity-web/next': 83,
  'identity-web/fetch': 80,
  'identity-web/nestjs': 100,
}
const languages = entryPoints().filter((entry) => entry.startsWith('identity-web/languages/'))
/** Modules that `app/routes.ts` of React Router uses. They have no users of their own. */
const ofRoutes = entryPoints().filter((entry) => entry.startsWith('identity-web/react-router/'))
/** Entry points for scripts in browsers, which do not know the server's types. */
const ofBrowsers = entryPoints().filter((entry) =>
  /\/(browser|react|vue|svelte|angular)$/.test(entry),
)
const frameworks = entryPoints().filter(
  (entry) =>
    !ofBrowsers.includes(entry) &&
    !/^identity-web(\/(redis|postgres|durable-object|easy-auth|device-code|previews|token-cache|azure|vault-key|nuxt|aws-lambda))?$/.test(
      entry,
    ) &&
    !languages.includes(entry) &&
    !ofRoutes.includes(entry),
)
const exported = Editor.exportedNames()

test.each(frameworks)('%s exports the types that its users need', (entry) => {
  expect(exported.get(entry)).toEqual(expect.arrayContaining(TYPES))
})

test.each(Object.entries(MOST_NAMES))('%s exports at most %i names', (entry, most) => {
  expect(exported.get(entry)?.length).toBeLessThanOrEqual(most)
})

test.each(languages)('%s exports the types of a language', (entry) => {
  expect(exported.get(entry)).toEqual(expect.arrayContaining(['Language', 'PageTexts']))
})

test.each(ofBrowsers)('%s exports the types of a session', (entry) => {
  const types = ['BrowserSession', 'Register', 'Session', 'SessionClientOptions', 'SessionState']
  expect(exported.get(entry)).toEqual(expect.arrayContaining(types))
})

test('every entry except the languages and modules for builds exports Register', () => {
  const others = [...languages, ...ofRoutes, 'identity-web/nuxt']
  const without = entryPoints().filter(
    (entry) => exported.get(entry)?.includes('Register') !== true && !others.includes(entry),
  )

  expect(without).toEqual([])
})

const compilerOptions = {
  module: 'nodenext',
  target: 'es2022',
  lib: ['es2023', 'dom', 'dom.iterable'],
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  types: ['node'],
}

const CODE = `
  import type { Request } from 'express'
  import type { FastifyRequest } from 'fastify'
  import Koa from 'koa'
  import { Hono } from 'hono'
  import * as express from 'identity-web/express'
  import * as fastify from 'identity-web/fastify'
  import * as hono from 'identity-web/hono'
  import * as koa from 'identity-web/koa'
  import type { Auth, GuardedRequest } from 'identity-web/nestjs'

  declare const request: Request & FastifyRequest & GuardedRequest
  declare const injected: Auth
  const users: Known[] = []

  express.loginRequired((_req, _res, { user }) => void users.push(user))
  fastify.loginRequired(async (_request, _reply, { user }) => void users.push(user))
  koa.loginRequired((_ctx, { user }) => void users.push(user))
  hono.loginRequired((c, { user }) => (users.push(user), c.text('')))
  const { identity } = request
  if (identity?.kind === 'session') users.push(identity.user)
  new Koa().use(({ state }) => {
    if (state.identity?.kind === 'session') users.push(state.identity.user)
  })
  new Hono().get('/', hono.loginRequired(), (c) => (users.push(c.var.identity.user), c.text('')))
  void injected.getUser(request as never).then((user) => user && users.push(user))
`

describe('the user that an application declares', () => {
  test.each(['identity-web', 'identity-web/express'])(
    'is the user wherever TypeScript cannot infer it, declared for %s',
    { timeout: 120_000 },
    (module) => {
      const declaration = `
        interface Known { readonly id: number }
        declare module '${module}' { interface Register { user: Known } }`

      expect(errorsOf(declaration + CODE)).toEqual([])
    },
  )

  test(
    'is unknown without a declaration, so that no wrong type compiles',
    { timeout: 120_000 },
    () => {
      const errors = errorsOf(`interface Known { readonly id: number }${CODE}`)

      expect(errors).toHaveLength(8)
      expect(
        errors.filter(
          (message) => !/'(unknown|\{\})' (is not assignable|but required)/.test(message),
        ),
      ).toEqual([])
    },
  )

  test('does not collide with express-oauth2-jwt-bearer', { timeout: 120_000 }, () => {
    const code = `
      import type { Request } from 'express'
      import type { AuthResult } from 'express-oauth2-jwt-bearer'
      import type { AuthorizationContext, SessionContext } from 'identity-web/express'

      declare const request: Request
      export const auth: AuthResult | undefined = request.auth
      export const identity: SessionContext<unknown> | AuthorizationContext | undefined =
        request.identity`

    expect(errorsOf(code)).toEqual([])
  })
})

describe('the session view that an application declares', () => {
  const code = `
    import * as angular from 'identity-web/angular'
    import { createSession } from 'identity-web/browser'
    import { Auth } from 'identity-web/fetch'
    import * as react from 'identity-web/react'
    import * as svelte from 'identity-web/svelte'
    import * as vue from 'identity-web/vue'

    const sessionView = () => ({ id: 1 })
    const auth = new Auth({ browser: { sessionView } })
    export async function idOf(request: Request): Promise<number | undefined> {
      return (await auth.browserSession(request)).user?.id
    }
    export const ids: (number | undefined)[] = [
      createSession().current.user?.id,
      react.useSession().user?.id,
      svelte.useSession().current.user?.id,
      vue.useSession().user.value?.id,
      angular.injectSession().user()?.id,
    ]`

  test.each(['browser', 'react', 'svelte', 'vue', 'angular'])(
    'is the type of the user, declared for identity-web/%s',
    { timeout: 120_000 },
    (entry) => {
      const declaration = `
        declare module 'identity-web/${entry}' { interface Register { sessionView: typeof sessionView } }`

      expect(errorsOf(code + declaration)).toEqual([])
    },
  )

  test('is unknown without a declaration', { timeout: 120_000 }, () => {
    const errors = errorsOf(code)

    expect(errors).toHaveLength(6)
    expect(errors.filter((message) => !/'id' does not exist|'unknown'/.test(message))).toEqual([])
  })
})

/** Returns the errors of a file of an application. */
function errorsOf(code: string): string[] {
  const folder = fileURLToPath(new URL('../../../../.artifacts/application/', import.meta.url))
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}application.ts`, code)
  writeFileSync(
    `${folder}tsconfig.json`,
    JSON.stringify({ compilerOptions, files: ['application.ts'] }),
  )
  const tsc = fileURLToPath(
    new URL('../../../../node_modules/typescript7/bin/tsc', import.meta.url),
  )
  const { stdout } = spawnSync(process.execPath, [tsc, '--pretty', 'false', '-p', folder], {
    encoding: 'utf8',
  })
  return [...stdout.matchAll(/^\S.*: error TS\d+: (.*(?:\n +.*)*)$/gm)].map(
    ([, message = '']) => message,
  )
}

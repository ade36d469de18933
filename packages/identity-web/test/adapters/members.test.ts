import * as forAstro from 'identity-web/astro'
import * as forAzureFunctions from 'identity-web/azure-functions'
import * as forExpress from 'identity-web/express'
import type { ApiAuthOptions, AuthOptions, AuthPaths, McpAuthOptions } from 'identity-web/express'
import * as forFastify from 'identity-web/fastify'
import * as forFetch from 'identity-web/fetch'
import * as forH3 from 'identity-web/h3'
import * as forHono from 'identity-web/hono'
import * as forKoa from 'identity-web/koa'
import * as forNestjs from 'identity-web/nestjs'
import * as forNext from 'identity-web/next'
import * as forReactRouter from 'identity-web/react-router'
import * as forSvelteKit from 'identity-web/sveltekit'
import * as forTanStackStart from 'identity-web/tanstack-start'
import { describe, expect, test } from 'vitest'

const OPTIONS = {
  clientId: 'x',
  redirectUri: 'http://localhost/a/redirect',
  logger: false,
} as const
const API = { clientId: 'x', resource: 'https://tools.contoso.com/mcp', logger: false } as const

/** The classes of an entry point. */
interface Classes {
  readonly Auth: new (options: AuthOptions) => { readonly paths: AuthPaths }
  readonly ApiAuth: new (options: ApiAuthOptions) => object
  readonly McpAuth?: new (options: McpAuthOptions) => object
}

const FRAMEWORKS: Readonly<Record<string, Classes>> = {
  express: forExpress,
  fastify: forFastify,
  koa: forKoa,
  hono: forHono,
  nestjs: forNestjs,
  next: forNext,
  fetch: forFetch,
  'azure-functions': forAzureFunctions,
  h3: forH3,
  'react-router': forReactRouter,
  'tanstack-start': forTanStackStart,
  sveltekit: forSvelteKit,
  astro: forAstro,
}
/** The frameworks whose handlers get an object for the reply. Handlers of the others return a response. */
const WITH_REPLY = ['express', 'fastify', 'koa', 'nestjs']
/** The frameworks whose applications are an argument of the constructors. */
const WITH_APPLICATIONS = ['express', 'koa', 'hono', 'fastify']
/** A user reads the list of members in an editor, so it has to stay short. */
const MOST_MEMBERS = 29

/** Returns the names of the members that an editor offers: those of the object and of its classes. */
function membersOf(object: object): string[] {
  const names = new Set<string>()
  for (let each = object; each !== Object.prototype; each = Object.getPrototypeOf(each) as object) {
    for (const name of Object.getOwnPropertyNames(each)) names.add(name)
  }
  names.delete('constructor')
  return [...names].toSorted()
}

/** Returns the prototypes of an object below `Object.prototype`. */
function prototypesOf(object: object): object[] {
  const prototype = Object.getPrototypeOf(object) as object
  return prototype === Object.prototype ? [] : [prototype, ...prototypesOf(prototype)]
}

describe.each(Object.entries(FRAMEWORKS))(
  'the members in %s',
  (framework, { Auth, ApiAuth, McpAuth }) => {
    const members = {
      Auth: membersOf(new Auth(OPTIONS)),
      ApiAuth: membersOf(new ApiAuth(API)),
      ...(McpAuth && { McpAuth: membersOf(new McpAuth(API)) }),
    }

    test(`are at most ${MOST_MEMBERS} of Auth`, () => {
      const counts = Object.entries(members).map(([name, all]) => `${name} ${all.length}`)
      console.log(`Members in ${framework}: ${counts.join(', ')}`)

      // The error shows the members that are too many.
      expect(members.Auth.slice(MOST_MEMBERS)).toEqual([])
    })

    test('come from at most three prototypes, that of the class of the entry included', () => {
      const depths = [Auth, ApiAuth, McpAuth].flatMap((Class) =>
        Class === undefined ? [] : [prototypesOf(new Class(Class === Auth ? OPTIONS : API))],
      )

      for (const prototypes of depths) expect(prototypes.length).toBeLessThanOrEqual(3)
      expect(depths[0]?.map(({ constructor: { name } }) => name)).toEqual(['Auth', 'Auth'])
    })

    test('return the response to an error, or send it if handlers get an object for the reply', () => {
      const sends = WITH_REPLY.includes(framework) ? ['sendResponse'] : []
      const found = Object.values(members).map((all) =>
        all.filter((name) => name === 'sendResponse' || name === 'toResponse'),
      )

      expect(found).toEqual(found.map(() => [...sends, 'toResponse']))
    })

    test('contain the paths of sign-in as one object that an application cannot change', () => {
      const { paths } = new Auth(OPTIONS)
      const withSession = new Auth({ ...OPTIONS, browser: { sessionView: () => ({}) } })

      expect(paths).toEqual({
        login: '/a/login',
        logout: '/a/logout',
        callback: '/a/redirect',
        frontChannelLogout: '/a/front-channel-logout',
        backChannelLogout: '/a/back-channel-logout',
      })
      expect(Object.isFrozen(paths)).toBe(true)
      expect(withSession.paths).toEqual({ ...paths, session: '/a/session' })
      expect(Object.isFrozen(withSession.paths)).toBe(true)
    })
  },
)

test('handleLogout names the channels if the first argument is not one of them', () => {
  const auth = new forFetch.Auth(OPTIONS)
  const request = new Request('http://localhost/a/front-channel-logout')

  for (const wrong of ['front', request, undefined]) {
    expect(() => auth.handleLogout(wrong as 'front-channel', request)).toThrow(
      "must be 'front-channel' or 'back-channel'",
    )
  }
})

// The constructor gives the guards to each object, and these must not hide a stricter guard of an application.
test.each(Object.entries(FRAMEWORKS).filter(([name]) => WITH_APPLICATIONS.includes(name)))(
  'a class of an application can replace a guard in %s',
  (_name, { Auth }) => {
    const mounted: unknown[] = []
    const members = {
      loginRequired: () => 'stricter',
      initApp: (app: unknown) => mounted.push(app),
    }
    class Mine extends Auth {}
    Object.assign(Mine.prototype, members)
    const app = { use: () => undefined, register: () => undefined }

    const auth: object = Reflect.construct(Mine, [app, OPTIONS]) as object

    expect(auth).toHaveProperty('loginRequired', members.loginRequired)
    expect(mounted).toEqual([app])
  },
)

import { Controller, Inject, Injectable, Post, Req, SetMetadata } from '@nestjs/common'
import { ExternalContextCreator } from '@nestjs/core'
import {
  AuthorizationRequired,
  CurrentUser,
  IdentityContext,
  LoginRequired,
  Public,
} from 'identity-web/nestjs'
import { describe, expect } from 'vitest'
import { test, type Wanted } from '../adapters/nestjs/bench.ts'
import { decorate } from '../adapters/nestjs/decorate.ts'
import { PLATFORMS } from '../adapters/nestjs/host.ts'
import { Browser, signIn } from '../support/site.ts'

// `test/hosts/graphql.test.ts` runs the same with the packages of GraphQL. Here, the part of Nest that they use calls the guards.

class Resolvers {
  user(name: unknown): unknown {
    return name
  }
  caller(context: unknown): unknown {
    return (context as { readonly kind: string }).kind
  }
  open(context: unknown): unknown {
    return typeof context
  }
}
decorate(Resolvers, 'user', {
  on: [SetMetadata('graphql:resolver_type', 'Query'), LoginRequired()],
  parameters: [CurrentUser('name')],
})
decorate(Resolvers, 'caller', {
  on: [AuthorizationRequired({ scopes: ['Todos.Read'] })],
  parameters: [IdentityContext()],
})
decorate(Resolvers, 'open', { on: [Public()], parameters: [IdentityContext()] })
Injectable()(Resolvers)

type Field = keyof Resolvers

/** Resolves the fields of a query at the same time, as GraphQL does. */
class Endpoint {
  readonly #resolvers: Resolvers
  readonly #creator: ExternalContextCreator

  constructor(resolvers: Resolvers, creator: ExternalContextCreator) {
    this.#resolvers = resolvers
    this.#creator = creator
  }

  query(request: { readonly body: { readonly fields: readonly Field[] } }): Promise<unknown> {
    // Apollo and Yoga have the request in their context. Mercurius, which runs on Fastify, has the reply.
    const context = 'raw' in request ? { reply: { request } } : { req: request }
    const resolve = async (field: Field): Promise<unknown> => {
      const resolver = this.#creator.create(
        this.#resolvers,
        this.#resolvers[field],
        field,
        '__routeArguments__',
        { exchangeKeyForValue: () => undefined },
        undefined,
        undefined,
        undefined,
        'graphql',
      ) as (...given: unknown[]) => Promise<unknown>
      try {
        return await resolver(undefined, {}, context, { fieldName: field })
      } catch (error) {
        const { message, extensions } = error as { message: string; extensions?: object }
        return { message, ...extensions }
      }
    }
    return Promise.all(request.body.fields.map(resolve))
  }
}
Inject(Resolvers)(Endpoint, undefined, 0)
Inject(ExternalContextCreator)(Endpoint, undefined, 1)
decorate(Endpoint, 'query', { on: [Post('graphql')], parameters: [Req()] })
Controller()(Endpoint)

const APP: Wanted = { controllers: [Endpoint], providers: [Resolvers] }

const ask = (fields: readonly Field[], headers: Record<string, string> = {}) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ fields }),
})

describe.each(Object.keys(PLATFORMS))('resolvers of GraphQL on %s', (platform) => {
  test('never get the user of another resolver of the request', ({ on, provider }) =>
    on({ ...APP, platform }, async (site) => {
      const browser = await signIn(site, provider, { path: '/auth/login' })
      const token = await provider.accessToken({ as: 'robin', scopes: ['Todos.Read'] })
      const fields: Field[] = ['user', 'caller', 'open', 'caller', 'user', 'open']
      const response = await browser.script(
        `${site.origin}/graphql`,
        ask(fields, { authorization: `Bearer ${token}` }),
      )

      const names = ['Alex Rivera', 'bearer', 'undefined', 'bearer', 'Alex Rivera', 'undefined']
      expect(response.json()).toEqual(names)
    }))

  test('reject each caller on its own, and never redirect', ({ on }) =>
    on({ ...APP, platform }, async (site) => {
      const response = await new Browser().navigate(
        `${site.origin}/graphql`,
        ask(['user', 'open', 'caller']),
      )

      expect(response.json()).toEqual([
        {
          message: 'login_required',
          code: 'UNAUTHENTICATED',
          error: 'login_required',
          loginUrl: expect.stringContaining(`${site.origin}/auth/login?`),
        },
        'undefined',
        expect.objectContaining({ code: 'UNAUTHENTICATED' }),
      ])
      expect(response.headers['www-authenticate']).toMatch(/^Bearer/)
      expect(response.headers['location']).toBeUndefined()
    }))

  test('reject a request of another site', ({ on, provider }) =>
    on({ ...APP, platform }, async (site) => {
      const browser = await signIn(site, provider, { path: '/auth/login' })
      const response = await browser.script(
        `${site.origin}/graphql`,
        ask(['user'], { 'sec-fetch-site': 'same-site' }),
      )

      expect(response.json()).toMatchObject([{ code: 'FORBIDDEN', error: 'access_denied' }])
    }))
})

class Shop {
  owner(): string {
    return 'owner'
  }
}
decorate(Shop, 'owner', {
  on: [SetMetadata('graphql:resolve_property', 'owner'), LoginRequired()],
  parameters: [],
})
Injectable()(Shop)

describe('a field with a guard ends the start', () => {
  const optionsOf = (...given: readonly object[]): Wanted['providers'] =>
    given.map((useValue) => ({ provide: 'GqlModuleOptions', useValue }))

  test.for([
    ['if GraphQLModule does not call the guards of fields', [{}]],
    ['if only other enhancers run', [{ fieldResolverEnhancers: ['filters'] }]],
    // Then nothing shows that the guards of fields are called.
    ['if the options of GraphQLModule are not found', []],
  ] as const)('%s', async ([, given], { on }) => {
    const started = on({ providers: [Shop, ...(optionsOf(...given) ?? [])] }, async () => undefined)

    await expect(started).rejects.toThrow("Set fieldResolverEnhancers: ['guards'")
  })

  test('and not if GraphQLModule calls it', async ({ on }) => {
    const options = optionsOf({ fieldResolverEnhancers: ['guards'] }) ?? []
    let isStarted = false
    await on({ providers: [Shop, ...options] }, async () => void (isStarted = true))

    expect(isStarted).toBe(true)
  })
})

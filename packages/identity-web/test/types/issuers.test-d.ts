import { ApiAuth, McpAuth, type ApiAuthOptions, type IssuerOptions } from 'identity-web/express'
import { ApiAuth as FastifyApi } from 'identity-web/fastify'
import { ApiAuth as FetchApi } from 'identity-web/fetch'
import { ApiAuth as HonoApi } from 'identity-web/hono'
import { ApiAuth as KoaApi } from 'identity-web/koa'
import { ApiAuth as NestApi } from 'identity-web/nestjs'
import { expectTypeOf, test } from 'vitest'

const workforce: IssuerOptions = {
  authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
  clientId: '11111111-2222-3333-4444-555555555555',
}
const customers: IssuerOptions = {
  authority: 'https://contoso.ciamlogin.com',
  clientId: '22222222-3333-4444-5555-666666666666',
}
const issuers = { workforce, customers }
type Name = 'workforce' | 'customers'

test('context.issuer is the union of the names', () => {
  const api = new ApiAuth({ issuers })
  expectTypeOf(api).toEqualTypeOf<ApiAuth<Name>>()

  api.authorizationRequired((_req, _res, context) => {
    expectTypeOf(context.issuer).toEqualTypeOf<Name>()
  })
  api.authorizationRequired({ scopes: ['A'] }, (_req, _res, { issuer, user }) => {
    expectTypeOf(issuer).toEqualTypeOf<Name>()
    expectTypeOf(user.sub).toEqualTypeOf<string>()
  })
  expectTypeOf(api.contextOf({} as never).issuer).toEqualTypeOf<Name>()
})

test('every framework has the names', () => {
  new FastifyApi({ issuers }).authorizationRequired(async (_request, _reply, { issuer }) => {
    expectTypeOf(issuer).toEqualTypeOf<Name>()
  })
  new FetchApi({ issuers }).authorizationRequired((_request, { issuer }) => {
    expectTypeOf(issuer).toEqualTypeOf<Name>()
    return new Response()
  })
  new HonoApi({ issuers }).authorizationRequired((c, { issuer }) => {
    expectTypeOf(issuer).toEqualTypeOf<Name>()
    return c.body(null)
  })
  new KoaApi({ issuers }).authorizationRequired((_ctx, { issuer }) => {
    expectTypeOf(issuer).toEqualTypeOf<Name>()
  })
  expectTypeOf(new NestApi({ issuers }).contextOf({} as never).issuer).toEqualTypeOf<Name>()
})

test('a requirement names one of the issuers', () => {
  const api = new ApiAuth({ issuers })

  api.authorizationRequired({ issuer: 'workforce', roles: ['Admin'] }, () => undefined)
  api.authorizationRequired({ issuer: 'customers', appPermissions: ['Todos.Read.All'] })
  // @ts-expect-error not a name
  api.authorizationRequired({ issuer: 'partners' }, () => undefined)
  // @ts-expect-error a role of any issuer
  api.authorizationRequired({ roles: ['Admin'] }, () => undefined)
  // @ts-expect-error a role of any issuer, in a middleware
  api.authorizationRequired({ roles: ['Admin'] })
  // @ts-expect-error a group of any issuer
  api.authorizationRequired({ scopes: ['A'], groups: ['G'] }, () => undefined)
  // @ts-expect-error an app permission of any issuer
  api.authorizationRequired({ appPermissions: ['P'] }, () => undefined)
  // @ts-expect-error a claim of any issuer
  api.authorizationRequired({ claims: { sub: 'ada' } }, () => undefined)
  // @ts-expect-error a role of any issuer
  void api.authenticate({} as Request, { roles: ['Admin'] })
  void api.authenticate({} as Request, { issuer: 'workforce', roles: ['Admin'] })
})

test('one issuer needs no name', () => {
  const api = new ApiAuth({ issuers: { workforce } })
  api.authorizationRequired({ roles: ['Admin'] }, (_req, _res, { issuer }) => {
    expectTypeOf(issuer).toEqualTypeOf<'workforce'>()
  })
  new ApiAuth(workforce).authorizationRequired({ roles: ['Admin'] }, (_req, _res, { issuer }) => {
    expectTypeOf(issuer).toEqualTypeOf<string | undefined>()
  })
})

test('an app-only token comes from one of the issuers', () => {
  const api = new ApiAuth({ issuers })

  void api.getTokenForClient('api://orders/.default', { issuer: 'workforce' })
  // @ts-expect-error not a name
  void api.getTokenForClient('api://orders/.default', { issuer: 'partners' })
})

test('names that are not known before the start are strings', () => {
  const options: ApiAuthOptions = { issuers: { [process.env['NAME'] ?? 'a']: workforce } }
  const api: ApiAuth = new ApiAuth(options)
  api.authorizationRequired({ issuer: 'a', roles: ['Admin'] }, (_req, _res, { issuer }) => {
    expectTypeOf(issuer).toEqualTypeOf<string | undefined>()
  })
})

test('an issuer does not have the options of the process', () => {
  const issuer = { ...workforce, resource: 'https://api.contoso.com' }
  // @ts-expect-error an option of the whole API
  expectTypeOf(issuer).toExtend<IssuerOptions & { resource?: never }>()
})

test('McpAuth has the names as well', () => {
  const mcp = new McpAuth({ issuers, resource: 'https://tools.contoso.com/mcp' })

  mcp.authorizationRequired((_req, _res, { authInfo, issuer }) => {
    expectTypeOf(issuer).toEqualTypeOf<Name>()
    expectTypeOf(authInfo.token).toEqualTypeOf<string>()
  })
  expectTypeOf(mcp.contextOf({} as never).issuer).toEqualTypeOf<Name>()
  // @ts-expect-error a role of any issuer
  mcp.authorizationRequired({ roles: ['Admin'] }, () => undefined)
})

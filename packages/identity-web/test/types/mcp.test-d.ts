import {
  McpAuth,
  type AppContext,
  type AuthInfo,
  type McpContext,
  type McpMembers,
  type UserContext,
} from 'identity-web/express'
import { McpAuth as FastifyMcp } from 'identity-web/fastify'
import { McpAuth as FetchMcp } from 'identity-web/fetch'
import { McpAuth as HonoMcp } from 'identity-web/hono'
import { McpAuth as KoaMcp } from 'identity-web/koa'
import { McpAuth as NextMcp } from 'identity-web/next'
import { expectTypeOf, test } from 'vitest'

/** `AuthInfo` of `@modelcontextprotocol/server` 2.4.0. Version 1 has it without `resourceMetadataUrl`. */
interface SdkAuthInfo {
  token: string
  clientId: string
  scopes: string[]
  expiresAt?: number
  resource?: URL
  resourceMetadataUrl?: string
  extra?: Record<string, unknown>
}

/** `OAuthTokenVerifier` of the SDK. */
interface SdkVerifier {
  verifyAccessToken: (token: string) => Promise<SdkAuthInfo>
}

test('authInfo and the verifier have the types of the SDK', () => {
  expectTypeOf<AuthInfo>().toExtend<SdkAuthInfo>()
  expectTypeOf(new McpAuth().verifier).toExtend<SdkVerifier>()
  expectTypeOf(new McpAuth().verifierFor()).toExtend<SdkVerifier>()
})

test('the context has authInfo, and a user or an application by the requirement', () => {
  type User = UserContext & McpMembers
  type App = AppContext & McpMembers
  const forApps = { appPermissions: ['All'] } as const

  new McpAuth().authorizationRequired((req, _res, context) => {
    expectTypeOf(context).toEqualTypeOf<User>()
    expectTypeOf(new McpAuth().contextOf(req)).toEqualTypeOf<McpContext>()
  })
  new McpAuth().authorizationRequired(forApps, (_req, _res, context) => {
    expectTypeOf(context).toEqualTypeOf<App>()
  })
  new KoaMcp().authorizationRequired((_ctx, context) => {
    expectTypeOf(context).toEqualTypeOf<User>()
  })
  new HonoMcp().authorizationRequired((c, context) => {
    expectTypeOf(context).toEqualTypeOf<User>()
    return c.body(null)
  })
  new FastifyMcp().authorizationRequired(forApps, async (_request, _reply, { app, authInfo }) => {
    expectTypeOf(app.clientId).toEqualTypeOf<string>()
    expectTypeOf(authInfo).toEqualTypeOf<AuthInfo>()
  })
  new NextMcp().authorizationRequired((_request, context) => {
    expectTypeOf(context).toEqualTypeOf<User>()
    return new Response()
  })
  new FetchMcp().authorizationRequired(forApps, (_request, context) => {
    expectTypeOf(context).toEqualTypeOf<App>()
    return new Response()
  })
})

test('a misspelled requirement is an error', () => {
  // @ts-expect-error The name is `scopes`.
  new McpAuth().authorizationRequired({ scope: ['A'] }, () => undefined)
  // @ts-expect-error The name is `scopes`.
  new FetchMcp().authorizationRequired({ scope: ['A'] }, () => new Response())
})

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Request as ExpressRequest } from 'express'
import type { FastifyRequest } from 'fastify'
import type { Context as HonoContext } from 'hono'
import type { Context as KoaContext } from 'koa'
import type { NextRequest } from 'next/server.js'
import {
  ApiAuth,
  Auth,
  type AnyRequest,
  type AppContext,
  type Authentication,
  type Claims,
  type IdentityError,
  type LoginContext,
  type TokenContext,
  type UserContext,
} from 'identity-web/express'
import { Auth as FetchAuth } from 'identity-web/fetch'
import { Auth as HonoAuth } from 'identity-web/hono'
import type { Socket } from 'socket.io'
import { expectTypeOf, test } from 'vitest'

declare const req: IncomingMessage
declare const res: ServerResponse
declare const request: Request

test('a request may have the form of every framework', () => {
  expectTypeOf<IncomingMessage>().toExtend<AnyRequest>()
  expectTypeOf<Request>().toExtend<AnyRequest>()
  expectTypeOf<ExpressRequest>().toExtend<AnyRequest>()
  expectTypeOf<FastifyRequest>().toExtend<AnyRequest>()
  expectTypeOf<KoaContext>().toExtend<AnyRequest>()
  expectTypeOf<HonoContext>().toExtend<AnyRequest>()
  expectTypeOf<NextRequest>().toExtend<AnyRequest>()
  expectTypeOf<Socket['request']>().toExtend<AnyRequest>()
  expectTypeOf<string>().not.toExtend<AnyRequest>()
})

test('the context follows from the requirement', async () => {
  const auth = new Auth({})

  expectTypeOf(await auth.authenticate(req)).toEqualTypeOf<Authentication<LoginContext>>()
  expectTypeOf(await auth.authenticate(req, { scopes: ['User.Read'], res })).toEqualTypeOf<
    Authentication<TokenContext>
  >()
  expectTypeOf(
    await auth.authenticate(request, { responseHeaders: new Headers(), revalidateSeconds: 5 }),
  ).toEqualTypeOf<Authentication<LoginContext>>()
  // @ts-expect-error a response decides about challenges, and there is none
  void auth.authenticate(req, { challenge: 'redirect' })
  // @ts-expect-error an unknown requirement
  void auth.authenticate(req, { scope: 'User.Read' })
  // @ts-expect-error not a request
  void auth.authenticate('request')
})

test('`ok` tells a context from an error', async () => {
  const session = await new Auth({ onLogin: () => ({ id: 7 }) }).authenticate(req)

  if (session.ok) {
    expectTypeOf(session.context.user).toEqualTypeOf<{ id: number }>()
    expectTypeOf(session.expiresAt).toEqualTypeOf<Date>()
    expectTypeOf(session.signal).toEqualTypeOf<AbortSignal>()
    expectTypeOf(await session.revalidate()).toEqualTypeOf<
      Authentication<LoginContext<{ id: number }>>
    >()
  } else {
    expectTypeOf(session.error).toEqualTypeOf<IdentityError>()
    expectTypeOf(session.error.loginUrl).toEqualTypeOf<string | undefined>()
    // @ts-expect-error no context without authentication
    void session.context
  }
})

test('an API knows its caller', async () => {
  const api = new ApiAuth({})

  expectTypeOf(await api.authenticate(req)).toEqualTypeOf<Authentication<UserContext>>()
  expectTypeOf(await api.authenticate(req, { scopes: ['Todos.Read'], token: 'x' })).toEqualTypeOf<
    Authentication<UserContext>
  >()
  expectTypeOf(await api.authenticate(req, { appPermissions: ['Todos.Read.All'] })).toEqualTypeOf<
    Authentication<AppContext>
  >()
  // @ts-expect-error an unknown requirement
  void api.authenticate(req, { scope: 'Todos.Read' })
  // @ts-expect-error an unknown requirement beside another one
  void api.authenticate(req, { scopes: ['Todos.Read'], role: 'Admin' })
})

test('errors become responses of the framework', () => {
  expectTypeOf(new FetchAuth({}).toResponse(request, 7)).toEqualTypeOf<Promise<Response>>()
  expectTypeOf(new Auth({}).sendResponse({} as ExpressRequest, {} as never, 7)).toEqualTypeOf<
    Promise<void>
  >()
  expectTypeOf(new HonoAuth({}).toResponse({} as HonoContext, 7)).toEqualTypeOf<Promise<Response>>()
  expectTypeOf<Claims>().not.toBeAny()
})

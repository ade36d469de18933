import type {
  ContextConfigDefault,
  FastifyBaseLogger,
  FastifySchema,
  FastifyTypeProvider,
  FastifyTypeProviderDefault,
  HookHandlerDoneFunction,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerBase,
  RawServerDefault,
  RouteGenericInterface,
  RouteHandlerMethod,
} from 'fastify'

/** A handler of a route, whatever its types. */
export type AnyHandler = (this: any, request: any, reply: any) => any

/**
 * The handler of a route, by what Fastify knows of the route.
 *
 * @public
 */
export type RouteHandler<
  Server extends RawServerBase = RawServerDefault,
  Route extends RouteGenericInterface = RouteGenericInterface,
  Config = ContextConfigDefault,
  Schema extends FastifySchema = FastifySchema,
  Provider extends FastifyTypeProvider = FastifyTypeProviderDefault,
  Logger extends FastifyBaseLogger = FastifyBaseLogger,
> = RouteHandlerMethod<
  Server,
  RawRequestDefaultExpression<Server>,
  RawReplyDefaultExpression<Server>,
  Route,
  Config,
  Schema,
  Provider,
  Logger
>

/**
 * A handler that runs only for those who are let in, who are in its third argument. What it returns is sent, and what it
 * throws is the error handler's, as Fastify does with any handler.
 *
 * @typeParam Known - What it is told of whoever is let in.
 * @typeParam Handler - The handler that Fastify wants for the route: it knows the types of body, query and reply.
 * @public
 */
export type GuardedHandler<Known, Handler extends AnyHandler = RouteHandler> = (
  this: ThisParameterType<Handler>,
  request: Parameters<Handler>[0],
  reply: Parameters<Handler>[1],
  context: Known,
) => ReturnType<Handler>

/**
 * Wraps a handler, with the types of the route that it is for.
 *
 * @typeParam Before - What is given in front of the handler.
 * @typeParam Known - What the handler is told of whoever is let in.
 * @public
 */
export interface Wrapper<Before extends readonly unknown[], Known> {
  /** Gives the handler for Fastify. */
  <
    Server extends RawServerBase = RawServerDefault,
    Route extends RouteGenericInterface = RouteGenericInterface,
    Config = ContextConfigDefault,
    Schema extends FastifySchema = FastifySchema,
    Provider extends FastifyTypeProvider = FastifyTypeProviderDefault,
    Logger extends FastifyBaseLogger = FastifyBaseLogger,
  >(
    ...given: [
      ...before: Before,
      handler: GuardedHandler<Known, RouteHandler<Server, Route, Config, Schema, Provider, Logger>>,
    ]
  ): RouteHandler<Server, Route, Config, Schema, Provider, Logger>
}

/**
 * A hook that lets in or answers: for `preHandler`, or for `onRequest`, where no stranger's body is read. It fits routes
 * of any types, and takes no part in finding them out.
 *
 * @public
 */
export type GuardHook = (
  request: object,
  reply: object,
  done: HookHandlerDoneFunction,
) => void | Promise<void>

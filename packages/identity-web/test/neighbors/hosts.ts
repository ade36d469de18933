import { createServer, type Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import express5, { type Express } from 'express'
// @ts-expect-error Express 4 under a name of its own has no types; those of Express 5 fit.
import express4 from 'express4'
import Fastify from 'fastify'
import { createApp, send, setResponseStatus, toNodeListener } from 'h3'
import { createAdaptorServer as createAdaptorServer1 } from 'hono-node-server-1'
import { memoryStore } from 'identity-web'
import { toLambdaHandler } from 'identity-web/aws-lambda'
import Koa from 'koa'
import { NextRequest } from 'next/server.js'
import type { ContractOptions, CreateApp, StartHost } from '../adapters/contract/bench.ts'
import { createAstroApp } from '../adapters/hosts/astro-app.ts'
import { createExpressApp } from '../adapters/hosts/express-app.ts'
import { addContract as addToFastify } from '../adapters/hosts/fastify-app.ts'
import { createFetchApp } from '../adapters/hosts/fetch-app.ts'
import { registerContract } from '../adapters/hosts/functions-app.ts'
import { addContract as addToH3 } from '../adapters/hosts/h3-app.ts'
import { createHonoApp } from '../adapters/hosts/hono-app.ts'
import { createKitApp } from '../adapters/hosts/kit-app.ts'
import { addContract as addToKoa } from '../adapters/hosts/koa-app.ts'
import { onRequests } from '../adapters/hosts/on-requests.ts'
import { createReactRouterApp } from '../adapters/hosts/react-router-app.ts'
import { createTanStackApp } from '../adapters/hosts/tanstack-app.ts'
import { startOn } from '../adapters/nestjs/contract-host.ts'
import { siteOf } from '../adapters/next-app/contract.ts'
import { serveLambda } from '../serverless/api-gateway.ts'
import { startFunctions } from '../serverless/functions-host.ts'
import { serveRequests } from '../support/request-server.ts'
import { listen } from '../support/server.ts'
import { WITH_DENY_LIST, type Settings } from './settings.ts'

const VARIANT = { prefixes: [''], parsesBodies: false, deferred: false, ownRoutes: false }

/** The hosts of the contract, each with the pages of `adapters/contract/pages.md`. */
const HOSTS: Readonly<Record<string, StartHost>> = {
  'Express 5': onExpress(express5),
  'Express 4': onExpress(express4 as typeof express5),
  async Fastify(optionsFor) {
    const server = createServer()
    const origin = await listen(server)
    const app = Fastify({ serverFactory: (handler) => server.on('request', handler) })
    await addToFastify(app, optionsFor(origin, ''), VARIANT)
    await app.ready()
    return running(origin)
  },
  async Koa(optionsFor) {
    const app = new Koa()
    const server = createServer((req, res) => void app.callback()(req, res))
    const origin = await listen(server)
    addToKoa(app, optionsFor(origin, ''), VARIANT)
    return running(origin)
  },
  'Hono on node-server 2': onRequests(createHonoApp, onNodeServer(createAdaptorServer)),
  'Hono on node-server 1': onRequests(createHonoApp, onNodeServer(createAdaptorServer1)),
  'NestJS on Express': startOn('Express'),
  'NestJS on Fastify': startOn('Fastify'),
  fetch: onRequests(createFetchApp, serveRequests),
  'AWS Lambda': onRequests(createFetchApp, (respond) =>
    serveLambda((event, context, origin) =>
      toLambdaHandler((request) => respond(request, origin))(event, context),
    ),
  ),
  'Azure Functions': (optionsFor) =>
    startFunctions(
      (library, origin) =>
        registerContract(library, (prefix) => optionsFor(origin, prefix), VARIANT),
      { routePrefix: '' },
    ),
  async h3(optionsFor) {
    const app = createApp({
      onError(error, event) {
        setResponseStatus(event, error.unhandled ? 418 : error.statusCode)
        return send(event, error.message)
      },
    })
    const origin = await listen(createServer(toNodeListener(app)))
    addToH3(app, optionsFor(origin, ''), { ...VARIANT, prefix: '' })
    return running(origin)
  },
  SvelteKit: onRequests(createKitApp, serveRequests),
  Astro: onRequests(createAstroApp, serveRequests),
  'React Router': onRequests(createReactRouterApp, serveRequests),
  'TanStack Start': onRequests(createTanStackApp, serveRequests),
  'Next.js': onRequests(createNextApp, serveRequests),
}

/** Starts all hosts, and returns where they are, by their names. */
export async function startHosts({
  auth,
  api,
  mcp,
}: Settings): Promise<Readonly<Record<string, string>>> {
  const optionsFor = (origin: string, name: string): ContractOptions => ({
    auth: {
      ...auth,
      redirectUri: `${origin}/auth/redirect`,
      basePath: '',
      session: {
        ...auth.session,
        ...(WITH_DENY_LIST.has(name) && { denyList: memoryStore() }),
      },
      logger: false,
    },
    api: { ...api, resource: origin, logger: false },
    mcp: { ...mcp, resource: `${origin}/mcp`, logger: false },
  })
  const started = Object.entries(HOSTS).map(
    async ([name, start]) =>
      [name, (await start((origin) => optionsFor(origin, name), VARIANT)).origin] as const,
  )
  return Object.fromEntries(await Promise.all(started))
}

function onExpress(express: typeof express5): StartHost {
  return async (optionsFor) => {
    const server = createServer((req, res) => void app(req, res))
    const origin = await listen(server)
    const app: Express = createExpressApp(express, (prefix) => optionsFor(origin, prefix), VARIANT)
    return running(origin)
  }
}

function onNodeServer(
  create: typeof createAdaptorServer | typeof createAdaptorServer1,
): Parameters<typeof onRequests>[1] {
  return async (respond) => {
    // Only a variation replaces global objects.
    const server = create({
      fetch: (request) => respond(request, origin),
      overrideGlobalObjects: false,
    }) as Server
    const origin = await listen(server)
    return running(origin)
  }
}

/** The route handlers of Next.js as functions. `next/headers` is a module without cookies: see start.ts. */
function createNextApp(...[optionsFor]: Parameters<CreateApp>): ReturnType<CreateApp> {
  const options = JSON.stringify({
    host: 0,
    options: { '': optionsFor('') },
    variant: VARIANT,
    moved: 0,
  })
  return async (request) => {
    // Next.js makes its requests by itself, also if another package has replaced `Request`.
    const told = new NextRequest(request.url, {
      method: request.method,
      headers: [...request.headers, ['x-contract', options]],
      ...(request.body !== null && { body: await request.text() }),
    })
    return (await siteOf(told)?.answer(told)) ?? new Response('Not found', { status: 404 })
  }
}

/** The process ends with its hosts. */
function running(origin: string): { readonly origin: string; close(): Promise<void> } {
  return { origin, close: async () => undefined }
}

import { randomUUID } from 'node:crypto'
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { close, listen } from '../support/server.ts'
import { joinHeaders } from './join-headers.ts'
import {
  FunctionsWorker,
  type FunctionsLibrary,
  type RegisteredFunction,
  type RpcCookie,
  type RpcHttp,
  type RpcTypedData,
} from './functions-worker.ts'

/** A function app that runs. */
export interface FunctionsHost {
  readonly origin: string
  /** The lines that functions logged, such as `warning: …`. */
  readonly logs: readonly string[]
  close(): Promise<void>
}

/** The settings of a function app. */
export interface HostSettings {
  /** `extensions.http.routePrefix` of host.json. @defaultValue `'api'` */
  readonly routePrefix?: string
  /** Whether the application calls `app.setup({ enableHttpStream: true })`. @defaultValue false */
  readonly stream?: boolean
  /** @defaultValue a free port */
  readonly port?: number
}

/** Registers the functions of an application. */
export type RegisterFunctions = (library: FunctionsLibrary, origin: string) => unknown

/**
 * Starts a function app. The host of Azure Functions is a program of .NET, which cannot be installed from npm. This one routes
 * requests, and converts them to the messages of the worker, as its sources do (azure-functions-host: FunctionMetadataManager,
 * GrpcMessageConversionExtensions, GrpcMessageExtensionUtilities, RawScriptResult, DefaultHttpProxyService).
 */
export async function startFunctions(
  register: RegisterFunctions,
  { routePrefix = 'api', stream = false, port = 0 }: HostSettings = {},
): Promise<FunctionsHost> {
  const worker = new FunctionsWorker(stream)
  let start: (app: FunctionApp) => void = () => undefined
  // Requests that arrive earlier wait until the functions are registered.
  const started = new Promise<FunctionApp>((resolve) => (start = resolve))
  const respond = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const app = await started
    await app.respond(incoming, outgoing)
  }
  const server = createServer((incoming, outgoing) => {
    respond(incoming, outgoing).catch((error: unknown) => {
      worker.logs.push(`error: ${String(error)}`)
      if (outgoing.headersSent) outgoing.destroy()
      // The host does not show the error.
      else outgoing.writeHead(500).end()
    })
  })
  const origin = await listen(server, port)
  await register(worker.library, origin)
  const httpUri = await worker.start()
  start(new FunctionApp(worker, routePrefix, httpUri))
  return {
    origin,
    logs: worker.logs,
    async close() {
      worker.close()
      await close(server)
    },
  }
}

/** The parameters of a route. */
type Parameters = Readonly<Record<string, string>>

class FunctionApp {
  readonly #worker: FunctionsWorker
  readonly #routes: readonly Route[]
  readonly #httpUri: string | undefined

  constructor(worker: FunctionsWorker, prefix: string, httpUri: string | undefined) {
    this.#worker = worker
    // Without any order of the routes, the first function in the alphabet wins.
    this.#routes = worker.functions
      .toSorted((one, other) => (one.name.toUpperCase() < other.name.toUpperCase() ? -1 : 1))
      .map((each) => new Route(each, prefix))
    this.#httpUri = httpUri
  }

  async respond(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    for (const { of, match } of this.#routes) {
      const parameters = match(incoming)
      if (parameters === undefined) continue
      await (this.#httpUri === undefined
        ? this.#call(of, { incoming, outgoing, parameters })
        : this.#forward(of, { incoming, outgoing, parameters }))
      return
    }
    outgoing.writeHead(404).end()
  }

  async #call(of: RegisteredFunction, { incoming, outgoing, parameters }: Exchange): Promise<void> {
    const http = toRpcHttp(incoming, parameters, await buffer(incoming))
    const invocation = { id: randomUUID(), inputData: { http }, triggerMetadata: {} }
    const response = await this.#worker.invoke(of, invocation)
    write(response ?? { statusCode: '204' }, outgoing)
  }

  /** Forwards the request and the response as streams. The message has only the headers and the parameters. */
  async #forward(
    of: RegisteredFunction,
    { incoming, outgoing, parameters }: Exchange,
  ): Promise<void> {
    const id = randomUUID()
    const { host = '' } = incoming.headers
    const headers = {
      'x-forwarded-host': host,
      'x-forwarded-proto': 'http',
      'x-ms-invocation-id': id,
    }
    const onward = httpRequest(new URL(incoming.url ?? '/', this.#httpUri), {
      method: incoming.method,
      headers: { ...incoming.headers, ...headers },
      agent: false,
    })
    const responded = new Promise<void>((resolve, reject) => {
      onward.once('error', reject)
      onward.once('response', (response) => {
        outgoing.writeHead(response.statusCode ?? 0, response.rawHeaders)
        pipeline(response, outgoing).then(resolve, reject)
      })
    })
    const sent = pipeline(incoming, onward)
    const triggerMetadata: Record<string, RpcTypedData> = {
      Headers: { json: JSON.stringify(incoming.headers) },
      ...mapValues(parameters, (string) => ({ string })),
    }
    const invoked = this.#worker.invoke(of, { id, inputData: { http: {} }, triggerMetadata })
    // If the function fails, it does not send a response.
    await Promise.race([invoked.then(() => responded), responded])
    await Promise.all([sent, invoked])
  }
}

interface Exchange {
  readonly incoming: IncomingMessage
  readonly outgoing: ServerResponse
  readonly parameters: Parameters
}

/** A route template, such as `auth/{*path}` or `orders/{id}`, below the prefix. */
class Route {
  readonly of: RegisteredFunction
  readonly #segments: readonly string[]
  readonly #methods: ReadonlySet<string>

  constructor(of: RegisteredFunction, prefix: string) {
    this.of = of
    const trigger = Object.values(of.bindings).find(({ direction }) => direction === 'in')
    const route = trigger?.route === undefined || trigger.route === '' ? of.name : trigger.route
    this.#segments = segmentsOf(`${prefix}/${route}`)
    this.#methods = new Set(trigger?.methods)
  }

  /** @returns The parameters, or `undefined` if the route does not match. */
  readonly match = ({ method = '', url = '/' }: IncomingMessage): Parameters | undefined => {
    if (!this.#methods.has(method)) return undefined
    const path = segmentsOf(url.split('?', 1)[0] ?? '')
    const parameters: Record<string, string> = {}
    for (const [index, segment] of this.#segments.entries()) {
      const given = path[index]
      if (segment.startsWith('{*')) {
        parameters[segment.slice(2, -1)] = path.slice(index).join('/')
        return parameters
      }
      if (given === undefined) return undefined
      if (segment.startsWith('{')) parameters[segment.slice(1, -1)] = decodeURIComponent(given)
      else if (segment.toUpperCase() !== given.toUpperCase()) return undefined
    }
    return path.length === this.#segments.length ? parameters : undefined
  }
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '')
}

function toRpcHttp(
  { method = '', url = '/', headers, rawHeaders }: IncomingMessage,
  parameters: Parameters,
  body: Buffer,
): RpcHttp {
  const absolute = `http://${headers.host ?? ''}${url}`
  return {
    method,
    url: absolute,
    nullableHeaders: mapValues(joinHeaders(rawHeaders), toNullable),
    nullableQuery: mapValues(Object.fromEntries(new URL(absolute).searchParams), toNullable),
    nullableParams: mapValues(parameters, toNullable),
    // The host ignores the body of a request without Content-Length.
    ...(Number(headers['content-length'] ?? 0) > 0 && { body: { bytes: body } }),
  }
}

function toNullable(value: string): { readonly value: string } {
  return { value }
}

function write(
  { statusCode, headers = {}, cookies = [], body }: RpcHttp,
  outgoing: ServerResponse,
) {
  outgoing.statusCode = Number(statusCode)
  for (const [name, value] of Object.entries(headers)) outgoing.appendHeader(name, value)
  for (const cookie of cookies) outgoing.appendHeader('set-cookie', toSetCookie(cookie))
  // The host does not send Content-Length.
  if (body?.bytes !== undefined && body.bytes.length > 0) outgoing.write(body.bytes)
  outgoing.end()
}

const SAME_SITE = { none: undefined, lax: 'lax', strict: 'strict', explicitNone: 'none' } as const

/** `SetCookieHeaderValue` of ASP.NET Core. */
function toSetCookie({ name, value, expires, ...cookie }: RpcCookie): string {
  const { sameSite = 'none' } = cookie
  const attributes = [
    ['expires', expires && new Date(expires.value.seconds * 1000).toUTCString()],
    ['max-age', cookie.maxAge?.value],
    ['domain', cookie.domain?.value],
    ['path', cookie.path?.value],
    ['secure', cookie.secure?.value],
    ['samesite', SAME_SITE[sameSite]],
    ['httponly', cookie.httpOnly?.value],
  ] as const
  const given = attributes.flatMap(([key, of]) => {
    if (of === undefined || of === false) return []
    return of === true ? [key] : [`${key}=${of}`]
  })
  return [`${name}=${encodeURIComponent(value)}`, ...given].join('; ')
}

function mapValues<From, To>(
  of: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(of).map(([key, value]) => [key, change(value)]))
}

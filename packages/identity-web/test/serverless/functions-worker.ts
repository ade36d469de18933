import { Server } from 'node:http'
import Module, { createRequire } from 'node:module'

/** The package `@azure/functions`, as an application imports it. */
export type FunctionsLibrary = typeof import('@azure/functions')

/** A binding of a function: the trigger, or the response. */
export interface Binding {
  readonly type: string
  readonly direction: 'in' | 'out'
  readonly route?: string
  readonly methods?: readonly string[]
}

/** A function that the application registered. */
export interface RegisteredFunction {
  readonly name: string
  readonly bindings: Readonly<Record<string, Binding>>
  readonly callback: unknown
}

/** A value in a message between the host and the worker: the message `TypedData` of the worker's protocol. */
export interface RpcTypedData {
  readonly http?: RpcHttp
  readonly bytes?: Uint8Array
  readonly string?: string
  readonly json?: string
}

/** A request or a response in such a message. Only responses have a status and cookies. */
export interface RpcHttp {
  readonly method?: string
  readonly url?: string
  readonly nullableHeaders?: Readonly<Record<string, RpcNullable<string>>>
  readonly nullableQuery?: Readonly<Record<string, RpcNullable<string>>>
  readonly nullableParams?: Readonly<Record<string, RpcNullable<string>>>
  readonly body?: RpcTypedData
  readonly statusCode?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly cookies?: readonly RpcCookie[]
}

interface RpcNullable<Value> {
  readonly value: Value
}

/** A cookie in such a message. Attributes that it does not have cannot be sent. */
export interface RpcCookie {
  readonly name: string
  readonly value: string
  readonly domain?: RpcNullable<string>
  readonly path?: RpcNullable<string>
  readonly expires?: RpcNullable<{ readonly seconds: number }>
  readonly secure?: RpcNullable<boolean>
  readonly httpOnly?: RpcNullable<boolean>
  readonly sameSite?: 'none' | 'lax' | 'strict' | 'explicitNone'
  readonly maxAge?: RpcNullable<number>
}

/** The call of a function. */
export interface Invocation {
  readonly id: string
  readonly inputData: RpcTypedData
  readonly triggerMetadata: Readonly<Record<string, RpcTypedData>>
}

interface InvocationModel {
  getArguments(): Promise<{ readonly context: object; readonly inputs: readonly unknown[] }>
  invokeFunction(context: object, inputs: readonly unknown[], callback: unknown): Promise<unknown>
  getResponse(context: object, result: unknown): Promise<{ readonly returnValue?: RpcTypedData }>
}

interface ProgrammingModel {
  getInvocationModel(context: object): InvocationModel
  getCapabilities(of: object): Promise<{ readonly HttpUri?: string }>
}

const require = createRequire(import.meta.url)

/** A copy of the package `@azure/functions`, and the module of the worker that it uses. */
class LibraryCopy {
  /** The worker whose application registers its functions. */
  worker: FunctionsWorker | undefined
  model: ProgrammingModel | undefined
  readonly library: FunctionsLibrary
  readonly core: object = {
    version: '3.10.1',
    hostVersion: '4.1036.0',
    setProgrammingModel: (model: ProgrammingModel) => (this.model = model),
    getProgrammingModel: () => this.model,
    registerHook: () => ({ dispose: () => undefined }),
    log: () => undefined,
    registerFunction: (
      { name, bindings }: Pick<RegisteredFunction, 'name' | 'bindings'>,
      callback: unknown,
    ) => {
      this.worker?.add({ name, bindings, callback })
      return { dispose: () => undefined }
    },
  }

  constructor(stream: boolean) {
    newestCore = this.core
    delete require.cache[require.resolve('@azure/functions')]
    this.library = require('@azure/functions') as FunctionsLibrary
    if (stream) this.library.app.setup({ enableHttpStream: true })
  }
}

let newestCore: object | undefined
// The real worker has a process for each application. Here, all applications with the same settings share a copy.
const copies = new Map<boolean, LibraryCopy>()

/**
 * The worker of Azure Functions for Node.js, which loads the application and calls its functions.
 *
 * The package `@azure/functions` is the real one, and with it every conversion of requests and responses. It reaches the worker
 * through the module `@azure/functions-core`, which this file provides as the real worker does. The real worker gets the
 * messages from its host through gRPC.
 */
export class FunctionsWorker {
  readonly functions: RegisteredFunction[] = []
  /** The lines that functions logged, such as `warning: …`. */
  readonly logs: string[] = []
  readonly #copy: LibraryCopy
  readonly #servers: Server[] = []

  /** @param stream - Whether the application enables streams. */
  constructor(stream: boolean) {
    this.#copy = copies.get(stream) ?? new LibraryCopy(stream)
    copies.set(stream, this.#copy)
    this.#copy.worker = this
  }

  get library(): FunctionsLibrary {
    return this.#copy.library
  }

  add(registered: RegisteredFunction): void {
    if (this.functions.some(({ name }) => name === registered.name))
      throw new Error(`A function with id "${registered.name}" has already been registered.`)
    this.functions.push(registered)
  }

  /** Ends the start of the application. @returns The server for streams, if the application has enabled them. */
  async start(): Promise<string | undefined> {
    if (this.#copy.model === undefined) throw new Error('The application has no functions.')
    const servers = this.#servers
    const { listen } = Server.prototype
    Server.prototype.listen = function (this: Server, ...args: unknown[]) {
      servers.push(this)
      return Reflect.apply(listen, this, args) as Server
    } as typeof listen
    try {
      return (await this.#copy.model.getCapabilities({})).HttpUri
    } finally {
      Server.prototype.listen = listen
    }
  }

  /** Calls a function. @returns The response, or `undefined` if the function sent it as a stream. */
  async invoke(
    { name, bindings, callback }: RegisteredFunction,
    { id, inputData, triggerMetadata }: Invocation,
  ): Promise<RpcHttp | undefined> {
    const trigger = Object.entries(bindings).find(([, { direction }]) => direction === 'in')?.[0]
    const model = this.#copy.model?.getInvocationModel({
      invocationId: id,
      metadata: { name, bindings },
      request: {
        invocationId: id,
        functionId: name,
        inputData: [{ name: trigger, data: inputData }],
        triggerMetadata,
      },
      log: (level: string, _category: string, message: string) =>
        this.logs.push(`${level}: ${message}`),
    }) as InvocationModel
    const { context, inputs } = await model.getArguments()
    const result = await model.invokeFunction(context, inputs, callback)
    return (await model.getResponse(context, result)).returnValue?.http
  }

  close(): void {
    for (const server of this.#servers) {
      server.close()
      server.closeAllConnections()
    }
  }
}

// As the real worker does it (setupCoreModule.ts).
const { prototype } = Module as unknown as { prototype: { require(id: string): unknown } }
const original = prototype.require
prototype.require = function (id: string): unknown {
  return id === '@azure/functions-core' && newestCore !== undefined
    ? newestCore
    : Reflect.apply(original, this, [id])
}

// Requests to services of the cloud, which never use a proxy.
import { isRequest, nodeProcess } from '../../fetch-api.ts'
/** The parts of `node:http` that a request needs, because Node.js's types are not available here. */
interface NodeHttp {
  request(
    url: string,
    options: {
      readonly headers: Record<string, string>
      readonly agent: false
      readonly signal: AbortSignal | undefined
    },
    onResponse: (response: IncomingMessage) => void,
  ): { on(event: 'error', listener: (error: unknown) => void): void; end(): void }
}

interface IncomingMessage {
  readonly statusCode?: number
  readonly headersDistinct: Readonly<Record<string, readonly string[] | undefined>>
  on(event: 'data', listener: (chunk: Uint8Array) => void): void
  on(event: 'end', listener: () => void): void
  on(event: 'error', listener: (error: unknown) => void): void
  destroy(): void
}

/**
 * Returns a function like `fetch` for GET requests to http URLs on this machine and in its cloud. The function never
 * uses a proxy.
 *
 * The global `fetch` can use the proxy in `HTTP_PROXY` for every host, even for this machine, but `node:http` uses the
 * proxy only for its global agent.
 *
 * @returns `undefined` if the runtime does not have `node:http`.
 */
export function directFetch(): typeof fetch | undefined {
  const http = nodeProcess().getBuiltinModule?.('node:http') as NodeHttp | undefined
  if (http === undefined) return undefined
  return (input, init) =>
    new Promise((resolve, reject) => {
      const headers = Object.fromEntries(new Headers(init?.headers))
      const options = { headers, agent: false, signal: init?.signal ?? undefined } as const
      const url = isRequest(input) ? input.url : input.toString()
      const request = http.request(url, options, (response) => {
        // An error that this callback throws would end the process. `Response` throws for statuses above 599.
        try {
          resolve(toResponse(response))
        } catch (error) {
          response.destroy()
          reject(error)
        }
      })
      request.on('error', reject)
      request.end()
    })
}

function toResponse(message: IncomingMessage): Response {
  const headers = new Headers()
  for (const [name, values = []] of Object.entries(message.headersDistinct)) {
    for (const value of values) headers.append(name, value)
  }
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      message.on('data', (chunk) => controller.enqueue(new Uint8Array(chunk)))
      message.on('end', () => controller.close())
      message.on('error', (error) => controller.error(error))
    },
    cancel: () => message.destroy(),
  })
  const status = message.statusCode ?? 500
  const hasBody = ![204, 205, 304].includes(status)
  return new Response(hasBody ? body : null, { status, headers })
}

import { sendRequest } from '../../controls/send-request.js'

/** A request from the simulated browser, without cookies. */
export interface BrowserRequest {
  readonly url: URL
  readonly method: string
  readonly headers: Headers
  readonly body: string | Uint8Array | undefined
  readonly signal?: AbortSignal | undefined
}

/** An application in this process, for example Hono's `app.fetch`. */
export type AppFunction = (request: Request) => Response | Promise<Response>

/** Sends a request to a server, or to an application in this process. */
export async function send(
  { url, method, headers, body, signal }: BrowserRequest,
  app: AppFunction | undefined,
): Promise<Response> {
  if (app !== undefined) {
    const init = { method, headers, ...(body !== undefined && { body: toBodyInit(body) }) }
    return app(new Request(url, init))
  }
  const received = await sendRequest(url, {
    method,
    body,
    signal,
    headers: Object.fromEntries(headers),
  })
  // The Fetch Standard does not allow a body with these statuses, not even an empty one.
  const hasBody = ![101, 204, 205, 304].includes(received.status) && method !== 'HEAD'
  const { status, statusText, headers: responseHeaders } = received
  return new Response(hasBody ? new Uint8Array(received.body) : null, {
    status,
    statusText,
    headers: responseHeaders,
  })
}

function toBodyInit(body: string | Uint8Array): string | ArrayBuffer {
  return typeof body === 'string' ? body : new Uint8Array(body).buffer
}

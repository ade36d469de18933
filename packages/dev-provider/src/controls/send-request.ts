import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'

/** A request to a server, usually on this machine. */
export interface SentRequest {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | undefined
  readonly signal?: AbortSignal | undefined
  /** The certificate to trust. */
  readonly ca?: string | undefined
}

/** The parts of a response that the callers read. */
export interface ReceivedResponse {
  readonly status: number
  readonly statusText: string
  readonly headers: Headers
  readonly body: Buffer
}

const LOOPBACK = /^(.*\.)?localhost$|^127(\.\d{1,3}){3}$|^\[::1\]$/

/** Returns whether a URL belongs to this machine. */
export function isLoopback(url: URL): boolean {
  return LOOPBACK.test(url.hostname)
}

/**
 * Sends a request with exactly the given headers, unlike `fetch`, which replaces some of them, such as `Sec-Fetch-Mode`.
 */
export function sendRequest(
  url: URL,
  { method, headers, body, signal, ca }: SentRequest,
): Promise<ReceivedResponse> {
  return new Promise((resolve, reject) => {
    const options = { method, headers, agent: false, ...(signal !== undefined && { signal }) }
    const request =
      url.protocol === 'https:'
        ? httpsRequest(url, { ...options, ...trust(url, ca) })
        : httpRequest(url, options)
    request.on('error', reject)
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          statusText: response.statusMessage ?? '',
          headers: toHeaders(response.rawHeaders),
          body: Buffer.concat(chunks),
        }),
      )
    })
    request.end(body)
  })
}

function trust(url: URL, ca: string | undefined) {
  if (ca !== undefined) return { ca, allowPartialTrustChain: true }
  // The certificates of servers on this machine are usually self-signed.
  return { rejectUnauthorized: !isLoopback(url) }
}

/** Converts a list in which each name is followed by its value. */
function toHeaders(list: readonly string[]): Headers {
  const headers = new Headers()
  for (let index = 0; index < list.length; index += 2) {
    headers.append(list[index] ?? '', list[index + 1] ?? '')
  }
  return headers
}

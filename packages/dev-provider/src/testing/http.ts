import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'

/** A request from the testing kit. */
export interface SentRequest {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | undefined
  readonly signal?: AbortSignal | undefined
}

/** The parts of a response that the testing kit reads. */
export interface ReceivedResponse {
  readonly status: number
  readonly statusText: string
  /** The headers as a list: each name, followed by its value, in the order of the response. */
  readonly rawHeaders: readonly string[]
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
  { method, headers, body, signal }: SentRequest,
): Promise<ReceivedResponse> {
  return new Promise((resolve, reject) => {
    const options = { method, headers, agent: false, ...(signal !== undefined && { signal }) }
    const request =
      url.protocol === 'https:'
        ? // The certificates of servers on this machine are usually self-signed.
          httpsRequest(url, { ...options, rejectUnauthorized: !isLoopback(url) })
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
          rawHeaders: response.rawHeaders,
          body: Buffer.concat(chunks),
        }),
      )
    })
    request.end(body)
  })
}

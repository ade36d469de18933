import { request as httpRequest, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'

/** The request that a command sends to a program on this machine. */
export interface LocalRequest {
  /** A body in JSON. Without it, the request is a GET. */
  readonly json?: string
  /** The time after which the request fails, in milliseconds. Without it, the request can wait. */
  readonly timeoutMs?: number
}

/**
 * Sends a request to a program on this machine, and returns the body of the response.
 *
 * @throws Error when the program does not respond.
 */
export function requestLocal(url: string, { json, timeoutMs }: LocalRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    const isSecure = url.startsWith('https:')
    const options: RequestOptions = {
      ...(timeoutMs !== undefined && { timeout: timeoutMs }),
      ...(json !== undefined && {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) },
      }),
    }
    const outgoing = (isSecure ? httpsRequest : httpRequest)(
      url,
      // The certificate is self-signed, and both programs run on the same machine.
      { ...options, ...(isSecure && { rejectUnauthorized: false }) },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => resolve(Buffer.concat(chunks).toString()))
        response.on('error', reject)
      },
    )
    outgoing.on('timeout', () =>
      outgoing.destroy(new Error('The program did not respond in time.')),
    )
    outgoing.on('error', reject).end(json)
  })
}

/** Returns the origins of a program on this machine that uses a port, with https and with http. */
export function originsOf(port: number | string): [secure: string, plain: string] {
  return [`https://localhost:${port}`, `http://localhost:${port}`]
}

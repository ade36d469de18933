import { sendRequest } from '../controls/send-request.js'

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
export async function requestLocal(
  url: string,
  { json, timeoutMs }: LocalRequest,
): Promise<string> {
  const { body } = await sendRequest(new URL(url), {
    method: json === undefined ? 'GET' : 'POST',
    headers: json === undefined ? {} : { 'content-type': 'application/json' },
    body: json,
    signal: timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs),
  })
  return body.toString()
}

/** Returns the origins of a program on this machine that uses a port, with https and with http. */
export function originsOf(port: number | string): [secure: string, plain: string] {
  return [`https://localhost:${port}`, `http://localhost:${port}`]
}

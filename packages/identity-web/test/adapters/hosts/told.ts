import { createServer, request as httpRequest } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { close, listen } from '../../support/server.ts'
import type { ContractOptions, ContractVariant, StartHost } from '../contract/bench.ts'

/** What each request to a host in another runtime is told of it, in the header `x-contract`. */
export interface Told {
  /** Which host: its application is made once. */
  readonly host: number
  /** Options by prefix; what can't be written as JSON is added there. */
  readonly options: Readonly<Record<string, ContractOptions>>
  readonly variant: Required<ContractVariant>
  /** Milliseconds by which the tests moved the clock. */
  readonly moved: number
}

/**
 * Lets one server in another runtime be every host of the contract in turn.
 *
 * @param target - Where it is, once it runs.
 */
export function tellingHosts(target: () => URL): StartHost {
  let hosts = 0
  return (optionsFor, variant) => {
    const host = (hosts += 1)
    return forward(target, (origin) => {
      const options = Object.fromEntries(
        variant.prefixes.map((prefix) => [prefix, optionsFor(origin, prefix)]),
      )
      const moved = (options[variant.prefixes[0] ?? '']?.auth.now?.() ?? 0) - Date.now()
      const told: Told = { host, options, variant, moved }
      return ['x-contract', JSON.stringify(told)]
    })
  }
}

/** An address of its own for a server elsewhere: every request goes on as it is, with one header more. */
export async function forward(
  target: () => URL,
  header: (origin: string) => readonly [name: string, value: string],
): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    const { method, url, rawHeaders } = incoming
    const { hostname, port } = target()
    const headers = [...rawHeaders, ...header(origin)]
    const onward = httpRequest(
      { hostname, port, agent: false, method, path: url, headers },
      (response) => {
        outgoing.writeHead(response.statusCode ?? 0, response.rawHeaders)
        pipeline(response, outgoing).catch(() => outgoing.destroy())
      },
    )
    onward.on('error', () => outgoing.destroy())
    outgoing.on('close', () => outgoing.writableFinished || onward.destroy())
    pipeline(incoming, onward).catch(() => outgoing.destroy())
  })
  const origin = await listen(server)
  return { origin, close: () => close(server) }
}

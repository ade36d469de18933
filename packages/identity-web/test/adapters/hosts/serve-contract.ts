import type { CreateApp } from '../contract/bench.ts'
import { hostsInTurn, type CreateStore } from './hosts-in-turn.ts'

/** A server of `Request` and `Response` that is every host of the contract in turn. */
export function serveContract(
  createApp: CreateApp,
  createStore?: CreateStore,
): {
  fetch(request: Request, environment?: object): Promise<Response>
} {
  const appFor = hostsInTurn(createApp, createStore)
  return {
    async fetch(request, environment) {
      return appFor(request.headers.get('x-contract'), environment)(request, environment)
    },
  }
}

import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Express } from 'express'
import { test as base } from '../../packages/identity-web/test/support/fixtures.ts'

/** Vitest's `test` with applications on https, for users who have consented. */
export const test = base
  .extend('behaviour', { consent: 'skip' })
  /** Serves an application until the test ends. @returns Its port. */
  .extend('openHttps', ({ workshop }, { onCleanup }) => {
    workshop.certificate('https')
    const tls = { cert: workshop.text('https.pem'), key: workshop.text('https.key') }
    const servers = new Set<ReturnType<typeof createServer>>()
    onCleanup(() => servers.forEach((server) => server.close().closeAllConnections()))
    return async (app: Express): Promise<number> => {
      const server = createServer(tls, app)
      servers.add(server)
      await new Promise<void>((resolve) => server.listen(0, resolve))
      return (server.address() as AddressInfo).port
    }
  })

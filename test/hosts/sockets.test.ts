import { readFileSync } from 'node:fs'
import { onTestFinished } from 'vitest'
import { describe, expect, test } from 'vitest'
import { connectWebSocket } from '../../packages/identity-web/test/connections/clients.ts'
import { connectionContract } from '../../packages/identity-web/test/connections/contract.ts'
import { freePort, installExample, type Project } from './support/project.ts'

let installed: Project | undefined
const project = (): Project => (installed ??= installExample('sockets'))

// The command `deno` of the package downloads nothing, but is a script of Node.js, which a signal does not end with its child.
const DENO = `node_modules/@deno/${process.platform}-${process.arch}${process.platform === 'linux' ? '-glibc' : ''}/deno`

const SERVERS = {
  '@fastify/websocket': [process.execPath, 'fastify.js'],
  Bun: ['node_modules/.bin/bun', 'bun.ts'],
  Deno: [DENO, 'run', '--allow-net', '--allow-env', '--allow-read', '--no-lock', 'deno.ts'],
}

describe.each(Object.entries(SERVERS))('%s', (name, command) => {
  connectionContract(name, {
    async start({ provider, idleTimeoutSeconds = 3600 }) {
      const port = await freePort()
      const origin = `http://localhost:${port}`
      const server = await project().start(command, `${origin}/login`, {
        PORT: String(port),
        IDLE_TIMEOUT_SECONDS: String(idleTimeoutSeconds),
        IDENTITY_AUTHORITY: provider.authority(),
        IDENTITY_CLIENT_ID: provider.app.clientId,
        IDENTITY_CLIENT_SECRET: provider.app.clientSecret ?? '',
        IDENTITY_REDIRECT_URI: `${origin}/redirect`,
        IDENTITY_SESSION_SECRET: 'a-session-secret-of-the-tests-with-32-characters',
      })
      onTestFinished(() => server.close())
      return { origin }
    },
    connect: connectWebSocket,
    endsWith: 4401,
  })
})

test.each(['bun.ts', 'deno.ts', 'fastify.js'])('docs/websockets.md shows %s', (name) => {
  const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
  const [, region = 'nothing'] =
    /#region guide\n(.*?)\n\/\/ #endregion/s.exec(read(`../../examples/hosts/sockets/${name}`)) ??
    []

  expect(read('../../docs/websockets.md')).toContain(region)
})

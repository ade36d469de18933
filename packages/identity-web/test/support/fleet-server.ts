// One process of a fleet: an Express application. Its argument contains the settings, and messages control it.
import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import express from 'express'
import type { SessionStore } from 'identity-web'
import { ApiAuth, Auth, type IdentityEvent } from 'identity-web/express'
import { createTable, postgresStore } from 'identity-web/postgres'
import { redisStore } from 'identity-web/redis'
import { sharedTokens } from 'identity-web/token-cache'
import { decodeJwt } from 'jose'
import { WebSocketServer } from 'ws'
import type { FleetCommand, FleetReport, FleetSettings, StoreAddress } from './fleet-messages.ts'
import { declarePages } from './pages.ts'
import { listen } from './server.ts'

/** The secret of the tokens that the processes share. */
const TOKENS_SECRET = 'fleet: the secret of the tokens that all processes share'

const settings = JSON.parse(process.argv[2] ?? '') as FleetSettings
let { clock } = settings

const report = (message: FleetReport): void => void process.send?.(message)
const log = (message: string, details?: object): void =>
  report({ log: `${message} ${JSON.stringify(details ?? {})}` })

// Ends the process like Node.js does, but reports the error to the tests first.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    process.send?.({ fault: `${event}: ${text}` } satisfies FleetReport, () => process.exit(1))
  })
}
process.on('disconnect', () => process.exit())

/**
 * Connects to a store. The process also starts if the store is unavailable. Only the client of this store is loaded,
 * because loading takes most of the start time.
 */
async function connect({ kind, url, sentinel }: StoreAddress): Promise<SessionStore> {
  const retry = (times: number): number => Math.min(times * 20, 200)
  const soon = (connecting: Promise<unknown>): Promise<unknown> =>
    Promise.race([connecting.catch(() => undefined), delay(1000)])
  switch (kind) {
    case 'node-redis': {
      const { createClient, createSentinel } = await import('redis')
      const options = { disableOfflineQueue: true, socket: { reconnectStrategy: retry } }
      const client = sentinel
        ? createSentinel({
            name: sentinel.name,
            sentinelRootNodes: [addressOf(url)],
            nodeAddressMap: sentinel.nodes,
            nodeClientOptions: options,
            sentinelClientOptions: options,
            reserveClient: true,
          })
        : createClient({ url, ...options })
      const store = redisStore(client)
      await soon(client.connect())
      return store
    }
    case 'ioredis': {
      const { Redis } = await import('ioredis')
      const options = { enableOfflineQueue: false, lazyConnect: true, retryStrategy: retry }
      const client = sentinel
        ? new Redis({
            ...options,
            name: sentinel.name,
            sentinels: [addressOf(url)],
            natMap: { ...sentinel.nodes },
            sentinelRetryStrategy: retry,
            sentinelReconnectStrategy: retry,
            failoverDetector: true,
          })
        : new Redis(url, options)
      client.on('error', () => undefined)
      // After a failover that it detected while it was connecting, ioredis never connects again by itself.
      client.on('end', () => void client.connect().catch(() => undefined))
      await soon(client.connect())
      return redisStore(client)
    }
    case 'postgres': {
      const { Pool } = await import('pg')
      const limit = (settings.auth.session?.storeTimeoutSeconds ?? 1) * 500
      const pool = new Pool({
        connectionString: url,
        max: 5,
        connectionTimeoutMillis: limit,
        query_timeout: limit,
      })
      await soon(createTable(pool))
      return postgresStore(pool)
    }
    case 'keyv-postgres': {
      const [{ Keyv }, { KeyvPostgres }] = await Promise.all([
        import('keyv'),
        import('@keyv/postgres'),
      ])
      return new Keyv({ store: new KeyvPostgres(url), throwOnErrors: true })
    }
    default:
      throw new Error(`No such store: ${String(kind satisfies never)}`)
  }
}

function addressOf(url: string): { host: string; port: number } {
  const { hostname, port } = new URL(url)
  return { host: hostname, port: Number(port) }
}

const session = {
  ...settings.auth.session,
  cookie: { name: 'identity', ...settings.auth.session?.cookie },
  ...(settings.store && { store: await connect(settings.store) }),
  ...(settings.denyList && { denyList: await connect(settings.denyList) }),
}
const now = (): number => Date.now() + clock * 1000
// Not a logger, because that counts repetitions.
const logged = {
  logger: false,
  onEvent: ({ message, ...details }: IdentityEvent): void => log(message, details),
  now,
} as const
const app = express()
const auth = new Auth(app, {
  ...settings.auth,
  session,
  ...logged,
})
declarePages(app, auth)
app.get(
  '/slow',
  auth.loginRequired(async (req, res, { user }) => {
    log('A slow request started.', { pid: process.pid })
    await delay(Number(req.query['ms']))
    res.json({ user })
  }),
)

if (settings.api) {
  const api = new ApiAuth(app, {
    ...logged,
    ...settings.api,
    ...(settings.tokenCache && {
      tokenCache: sharedTokens({
        store: await connect(settings.tokenCache),
        secret: TOKENS_SECRET,
      }),
    }),
  })
  app.get(
    '/api',
    api.authorizationRequired((_req, res, { claims }) => void res.json({ claims })),
  )
  app.get(
    '/on-behalf-of',
    api.authorizationRequired(async (req, res, { getTokenOnBehalfOf }) => {
      const { scopes } = req.query as { scopes: string }
      const { accessToken } = await getTokenOnBehalfOf(scopes)
      res.json(decodeJwt(accessToken))
    }),
  )
}

process.on('message', (order: FleetCommand) => {
  clock = order.clock ?? clock
  const { gc } = globalThis
  if (order.memory) gc?.()
  const { rss, heapUsed } = process.memoryUsage()
  report({ id: order.id, ...(order.memory && { memory: { rss, heapUsed } }) })
})

// WebSockets of signed-in users, which close when the session ends.
const server = createServer(app)
const sockets = new WebSocketServer({ noServer: true })
server.on('upgrade', (req, socket, head) => {
  socket.on('error', () => socket.destroy())
  void auth.authenticate(req, { revalidateSeconds: 0.1 }).then((result) => {
    if (!result.ok) return socket.end(`HTTP/1.1 ${result.status} Rejected\r\n\r\n`)
    return sockets.handleUpgrade(req, socket, head, (ws) => {
      result.signal.addEventListener('abort', () => ws.close(4401))
      ws.send('open')
    })
  })
})
report({ port: Number(new URL(await listen(server)).port) })

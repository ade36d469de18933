import { once } from 'node:events'
import { redisStore } from 'identity-web/redis'
import { createClient } from 'redis'

type Client = ReturnType<typeof createClient>

const url = process.env['REDIS_URL']
const redis: Client | undefined = url ? createClient({ url, disableOfflineQueue: true }) : undefined
// #region runtime
if (redis === undefined) useCookies()
else await open(redis)
// #endregion runtime
// #region build
// A build does not need Redis.
if (process.env['NEXT_PHASE'] !== 'phase-production-build') {
  if (redis === undefined) useCookies()
  else await open(redis)
}
// #endregion build
// #region background
// Nuxt does not support `await` here, so the first request does not wait.
if (redis === undefined) useCookies()
else void open(redis)
// #endregion background

/** Sessions are in Redis, or in cookies if it is `undefined`. */
export const store = redis && redisStore(redis)

// #region node
/** Closes the connection. */
export async function closeStore(): Promise<void> {
  if (redis?.isReady) await redis.close()
  else redis?.destroy()
}

// #endregion node
/** Connects to Redis. The application also starts during an outage. Signed-in users then get 503. */
async function open(client: Client): Promise<void> {
  client.on('ready', () => console.log('Sessions are in Redis.'))
  client.on('error', ({ message, code }: NodeJS.ErrnoException) => {
    console.error(
      `Redis, which keeps the sessions, failed: ${message || code}. The application tries again.`,
    )
  })
  // Wait for the first attempt. After an error, the client connects again by itself.
  await Promise.race([client.connect(), once(client, 'error')])
  // The connection does not keep the process running after the server has closed.
  client.unref()
}

/** In production, a missing variable is an error, because servers would not share their sessions. */
function useCookies(): void {
  const environment = process.env['NODE_ENV']
  const isDevelopment = environment
    ? ['development', 'test'].includes(environment)
    : /^http:\/\/localhost[:/]/.test(process.env['IDENTITY_REDIRECT_URI'] ?? '')
  if (!isDevelopment) throw new Error('Set REDIS_URL, for example to redis://localhost:6379')
  console.log('Sessions are in cookies, because REDIS_URL is not set.')
}

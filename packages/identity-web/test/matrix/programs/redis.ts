import type { SessionStore } from 'identity-web'
import { redisStore } from 'identity-web/redis'
import { Redis } from 'ioredis'
import { createClient } from 'redis'

const { REDIS_URL = '', REDIS_CLIENT } = process.env

/** Connects to the Redis server of the tests, with the client that the variable REDIS_CLIENT names. */
export async function connectToRedis(): Promise<(prefix: string) => Required<SessionStore>> {
  const client =
    REDIS_CLIENT === 'ioredis'
      ? new Redis(REDIS_URL)
      : await createClient({ url: REDIS_URL, disableOfflineQueue: true }).connect()
  return (prefix) => redisStore(client, { prefix })
}

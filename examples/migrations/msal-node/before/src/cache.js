import { DistributedCachePlugin } from '@azure/msal-node'
import { RedisStore } from 'connect-redis'
import { createClient } from 'redis'

const { REDIS_URL } = process.env
const redis = REDIS_URL ? await createClient({ url: REDIS_URL }).connect() : undefined

/** The store of the sessions. Without Redis, express-session keeps them in memory. */
export const sessionStore =
  redis === undefined ? undefined : new RedisStore({ client: redis, prefix: 'session:' })

/** Tokens of one user expire with the refresh token. */
const NINETY_DAYS = 90 * 24 * 60 * 60
const memory = new Map()

/** The client of DistributedCachePlugin (ICacheClient). */
const cacheClient = {
  get: async (key) => (redis === undefined ? memory.get(key) : redis.get(`tokens:${key}`)) ?? '',
  async set(key, value) {
    if (redis === undefined) memory.set(key, value)
    else await redis.set(`tokens:${key}`, value, { EX: NINETY_DAYS })
    return value
  },
}

/** Each user has a partition, whose key is the homeAccountId of the account in the session. */
class PartitionManager {
  constructor(session) {
    this.session = session
  }

  async getKey() {
    return this.session.account?.homeAccountId ?? ''
  }

  async extractKey(accountEntity) {
    return accountEntity.homeAccountId
  }
}

export const cachePluginFor = (session) =>
  new DistributedCachePlugin(cacheClient, new PartitionManager(session))

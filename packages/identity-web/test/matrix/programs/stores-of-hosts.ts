import { memoryStore } from 'identity-web'
import type { CreateStore } from '../../adapters/hosts/hosts-in-turn.ts'
import { connectToRedis } from './redis.ts'

const storeWith = process.env['REDIS_URL'] === undefined ? undefined : await connectToRedis()

/** Redis if the tests started it, else memory. */
export const createStore: CreateStore = (host) => storeWith?.(`host-${host}:`) ?? memoryStore()

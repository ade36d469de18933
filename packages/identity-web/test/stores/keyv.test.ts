import { KeyvPostgres } from '@keyv/postgres'
import KeyvRedis from '@keyv/redis'
import { Keyv } from 'keyv'
import { Keyv as Keyv6 } from 'keyv6'
import { startPostgresServer } from '../support/postgres-server.ts'
import { startRedisServer } from '../support/redis-server.ts'
import { keyvOf, storeContract } from './contract.ts'

storeContract('Keyv in memory', () => ({ store: new Keyv() }), { getMany: true })

storeContract('Keyv 6 in memory', () => ({ store: new Keyv6() }), { getMany: true })

storeContract(
  'Keyv 6 over Redis',
  async () => {
    const server = await startRedisServer()
    return keyvOf(new Keyv6({ store: new KeyvRedis<string>(server.url) }), server)
  },
  { getMany: true },
)

storeContract(
  'Keyv over PostgreSQL',
  async () => {
    const server = await startPostgresServer()
    return keyvOf(new Keyv({ store: new KeyvPostgres(server.url), throwOnErrors: true }), server)
  },
  { getMany: true },
)

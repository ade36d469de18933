import { KeyvPostgres } from '@keyv/postgres'
import { Keyv } from 'keyv'
import { startPostgresServer } from '../support/postgres-server.ts'
import { storeContract } from './contract.ts'

storeContract('Keyv in memory', () => ({ store: new Keyv() }), { getMany: true })

storeContract(
  'Keyv over PostgreSQL',
  async () => {
    const server = await startPostgresServer()
    const keyv = new Keyv({ store: new KeyvPostgres(server.url), throwOnErrors: true })
    return {
      store: keyv,
      async close() {
        await keyv.disconnect()
        await server.close()
      },
    }
  },
  { getMany: true },
)

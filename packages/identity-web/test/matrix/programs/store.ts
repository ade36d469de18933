import { serveStore } from '../../stores/remote/serve-store.ts'
import { connectToRedis } from './redis.ts'
import { serve } from './serve.ts'

const storeWith = await connectToRedis()
serve(serveStore(storeWith(`contract-${process.env['REDIS_CLIENT'] ?? ''}:`)))

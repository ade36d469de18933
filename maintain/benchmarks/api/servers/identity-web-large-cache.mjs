import { NEW_TOKENS } from '../tokens.mjs'
import { serveApi } from './serve-api.mjs'

serveApi({ cacheEntries: NEW_TOKENS })

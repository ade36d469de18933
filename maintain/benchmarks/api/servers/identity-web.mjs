import { serveApi } from './serve-api.mjs'

serveApi()

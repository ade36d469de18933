import { createStoreProbe } from '../probe.mjs'
import { serveHonoHandlerProbe } from '../serve-probe.mjs'

serveHonoHandlerProbe(createStoreProbe)

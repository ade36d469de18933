import { createStoreProbe } from '../probe.mjs'
import { serveHonoProbe } from '../serve-probe.mjs'

serveHonoProbe(createStoreProbe)

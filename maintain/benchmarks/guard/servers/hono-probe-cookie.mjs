import { createCookieProbe } from '../probe.mjs'
import { serveHonoProbe } from '../serve-probe.mjs'

serveHonoProbe(createCookieProbe)

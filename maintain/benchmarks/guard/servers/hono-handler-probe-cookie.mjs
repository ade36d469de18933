import { createCookieProbe } from '../probe.mjs'
import { serveHonoHandlerProbe } from '../serve-probe.mjs'

serveHonoHandlerProbe(createCookieProbe)

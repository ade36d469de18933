import { createCookieProbe } from '../probe.mjs'
import { serveFetchProbe } from '../serve-probe.mjs'

serveFetchProbe(createCookieProbe)

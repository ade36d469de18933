import { createStoreProbe } from '../probe.mjs'
import { serveFetchProbe } from '../serve-probe.mjs'

serveFetchProbe(createStoreProbe)

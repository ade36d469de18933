import { test } from '../support/fixtures.ts'
import type { Moment } from './settings.ts'
import { expectRightResponses, PATIENT } from './visit.ts'

// A process takes seconds, so `npm run -C maintain trees` runs only these, and `npm run -C maintain neighbors` all: see
// every-neighbor.test.ts.
const CHOSEN: readonly (readonly [variation: string, moment: Moment])[] = [
  ['serve() of @hono/node-server 1', 'while it serves'],
  ['zone.js', 'before the import'],
  ['bluebird', 'while it serves'],
  ['a subclass of each', 'before the import'],
  ['the classes of undici', 'after the import'],
  ['faked timers and Date', 'while it serves'],
  ['properties of Object.prototype', 'before the import'],
  ['frozen intrinsics', 'after the import'],
]

test.for(CHOSEN)(
  'guards are closed and open beside %s, %s',
  PATIENT,
  ([variation, moment], { provider }) => expectRightResponses(provider, variation, moment),
)

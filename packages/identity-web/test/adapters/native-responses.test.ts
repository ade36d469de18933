import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { sessionFor } from 'identity-web-dev/testing'
import { bundleProgram } from '../support/bundle.ts'
import { expect, test } from '../support/fixtures.ts'
import type { CountedHost, CountResult, CountSettings } from '../support/response-counts.ts'
import { SESSION_SECRET } from '../support/site.ts'

const run = promisify(execFile)

// Hosts on Node.js have a small class of responses, which becomes a native `Response` if something reads its body. That
// costs several times as much as the guard. The session is not due, so the guard adds a header and nothing else.
const HOSTS: readonly CountedHost[] = [
  'Hono on @hono/node-server 1',
  'Hono on @hono/node-server 2',
  'fetch on @hono/node-server 1',
  'fetch on @hono/node-server 2',
  'Nitro 2',
  'Nitro 3',
]

test.for(HOSTS)(
  'a guarded request creates no native response of its own: %s',
  async (host, { provider }) => {
    const shared = {
      authority: provider.authority(),
      clientId: provider.app.clientId,
      redirectUri: 'http://localhost:3000/auth/redirect',
    }
    const { headers } = await sessionFor({ ...shared, secret: SESSION_SECRET }, { as: 'alex' })
    const settings: CountSettings = {
      host,
      options: {
        ...shared,
        clientCredential: provider.app.clientSecret,
        session: { secret: SESSION_SECRET },
      },
      cookie: headers.cookie,
    }

    const { stdout } = await run(process.execPath, [
      await bundleProgram('response-counts.ts'),
      JSON.stringify(settings),
    ])

    const { open, guarded, ofBody } = JSON.parse(stdout) as CountResult
    expect(Object.values(open).map(([status]) => status)).toEqual([200, 200, 200, 200, 303])
    expect(guarded).toEqual(open)
    expect(ofBody).toBe(1)
  },
)

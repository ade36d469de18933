import { createRequire } from 'node:module'
import { PassThrough, type Writable } from 'node:stream'
import type { Logger } from 'identity-web/express'
import { Browser } from '../../support/browser.ts'
import { expect, test } from '../../support/fixtures.ts'

// `npm run -C maintain canary -- loggers` installs the packages and runs these tests.

const load: (name: string) => any = createRequire(
  `${process.env['IDENTITY_WEB_VERSIONS']}/package.json`,
)

const LOGGERS: Readonly<Record<string, (stream: Writable) => Logger>> = {
  pino: (stream) => load('pino')(stream),
  winston(stream) {
    const { createLogger, transports } = load('winston')
    return createLogger({ transports: [new transports.Stream({ stream })] })
  },
  // As docs/operate.md says.
  bunyan(stream) {
    const log = load('bunyan').createLogger({ name: 'office', stream })
    return {
      info: (message, details) => log.info(details, message),
      warn: (message, details) => log.warn(details, message),
      error: (message, details) => log.error(details, message),
    }
  },
}

test.for(Object.entries(LOGGERS))('%s writes all properties', async ([, create], { openSite }) => {
  const stream = new PassThrough({ encoding: 'utf8' })
  const { origin } = await openSite({ logger: create(stream), onEvent: undefined })
  await new Browser().navigate(`${origin}/redirect?code=a&state=b`)

  const entries = String(stream.read()).trim().split('\n')
  const [{ msg, message, ...entry }] = entries.map((line) => JSON.parse(line))
  expect(entries).toHaveLength(1)
  expect(msg ?? message).toMatch(/^The state of the authorization response/)
  expect(entry).toMatchObject({ event: 'sign_in.failed', code: 'invalid_request' })
  expect(Number.isNaN(new Date(entry.time).getTime())).toBe(false)
})

import { versionsIn } from '../../../../test/aliases.ts'
import { expect, test } from '../support/fixtures.ts'
import { Browser, signIn } from '../support/site.ts'
import { startBesideLoader } from './start.ts'
import { PATIENT } from './visit.ts'

/** Registers the hook with which OpenTelemetry, Sentry 8 to 10 and others change ES modules. */
const hookOf = (name: string): readonly string[] => [
  '--import',
  `data:text/javascript,import{register}from'node:module';register('${name}/hook.mjs','file://'+process.cwd()+'/')`,
]
/** The packages, each with the arguments of Node.js that its documentation names. */
const LOADERS: Readonly<Record<string, readonly string[]>> = {
  'import-in-the-middle': hookOf('import-in-the-middle'),
  'import-in-the-middle-1': hookOf('import-in-the-middle-1'),
  'import-in-the-middle-2': hookOf('import-in-the-middle-2'),
  '@azure/monitor-opentelemetry': ['--import', '@azure/monitor-opentelemetry/loader'],
  newrelic: ['--import', 'newrelic/esm-loader.mjs', '--require', 'newrelic'],
  'dd-trace': ['--import', 'dd-trace/initialize.mjs'],
  '@sentry/node': ['--import', '@sentry/node/import'],
}

// The canary installs other versions in another folder.
const cwd = process.env['IDENTITY_WEB_VERSIONS'] ?? import.meta.dirname
const names = Object.keys(versionsIn(cwd)).filter((name) => name in LOADERS)

test.for(names)(
  'every entry point can be imported, and a user signs in, with the loader of %s',
  PATIENT,
  async (name, { provider }) => {
    const { origins, close } = await startBesideLoader(provider, {
      cwd,
      execArgv: LOADERS[name] ?? [],
    })
    try {
      for (const origin of Object.values(origins)) {
        const browser = await signIn({ origin }, provider, {}, new Browser())
        expect((await browser.navigate(origin)).text).toBe('Alex Rivera')
      }
      expect(Object.keys(origins)).toEqual(['Express', 'Fastify'])
    } finally {
      await close()
    }
  },
)

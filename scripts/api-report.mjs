// `npm run api` writes the signatures of each entry point to api/, so that each change of the public API is in a diff.
// `npm run api -- --check` fails if a report differs from the built packages.
import {
  CompilerState,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
} from '@microsoft/api-extractor'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { entries as libraryEntries } from './entries.mjs'
import { build, root } from './setup.mjs'

const isCheck = process.argv.includes('--check')
const FOLDER = join(root, 'api')
const IGNORED = { logLevel: ExtractorLogLevel.None }

const entries = [
  ...libraryEntries.map(({ name, source }) => ({ name, folder: 'packages/identity-web', source })),
  ...['', '/testing', '/playwright'].map((path) => ({
    name: `identity-web-dev${path}`,
    folder: 'packages/dev-provider',
    source: `packages/dev-provider/src${path}/index.ts`,
  })),
]

if (!process.env.IDENTITY_WEB_IS_BUILT) build()
mkdirSync(FOLDER, { recursive: true })
const temporary = mkdtempSync(join(tmpdir(), 'api-report-'))
const reports = entries.map(({ name }) => `${name.replaceAll('/', '-')}.api.md`)
const configs = entries.map(toConfig)
// One program for all entries is much faster than one for each.
const compilerState = CompilerState.create(configs[0], {
  additionalEntryPoints: configs.map(({ mainEntryPointFilePath }) => mainEntryPointFilePath),
})
const changed = entries.filter((_, index) => !isUnchanged(configs[index]))
const stale = readdirSync(FOLDER).filter((file) => !reports.includes(file))
if (!isCheck) for (const file of stale) rmSync(join(FOLDER, file))
rmSync(temporary, { recursive: true })
if (isCheck && changed.length + stale.length > 0) {
  const names = [...changed.map(({ name }) => name), ...stale]
  console.error(
    `The public API changed: ${names.join(', ')}. Run \`npm run api\`, and explain the change in CHANGELOG.md.`,
  )
  process.exitCode = 1
}

function toConfig({ folder, source }, index) {
  return ExtractorConfig.prepare({
    configObject: {
      projectFolder: join(root, folder),
      mainEntryPointFilePath: join(
        root,
        source.replace('/src/', '/dist/').replace(/\.ts$/, '.d.ts'),
      ),
      compiler: { tsconfigFilePath: join(root, folder, 'tsconfig.build.json') },
      apiReport: {
        enabled: true,
        reportFolder: FOLDER,
        reportTempFolder: temporary,
        reportFileName: reports[index],
        // The members of `Auth` are in base classes that the entries do not export.
        includeForgottenExports: true,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        // Typedoc and the editor test check the documentation.
        extractorMessageReporting: { default: IGNORED },
        tsdocMessageReporting: { default: IGNORED },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, folder, 'package.json'),
  })
}

/** Writes or compares the report of an entry. Returns `false` if it differs. */
function isUnchanged(config) {
  const result = Extractor.invoke(config, {
    compilerState,
    localBuild: !isCheck,
    messageCallback: (message) => {
      if (message.logLevel === ExtractorLogLevel.Info) message.handled = true
      if (message.messageId?.startsWith('console-')) message.handled = true
    },
  })
  return !result.apiReportChanged
}

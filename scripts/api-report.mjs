// `npm run api` writes the public API to api/, so that each change of it is in a diff. A declaration that two or more entry
// points contain is in shared.api.md. The report of an entry point contains its other declarations and the shared names that it
// exports. `npm run api -- --check` fails if a report differs from the built packages.
import {
  CompilerState,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
} from '@microsoft/api-extractor'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
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
const configs = entries.map(toConfig)
// One program for all entries is much faster than one for each.
const compilerState = CompilerState.create(configs[0], {
  additionalEntryPoints: configs.map(({ mainEntryPointFilePath }) => mainEntryPointFilePath),
})
const reports = toReports(entries.map(({ name }, index) => [name, declarationsOf(configs[index])]))
rmSync(temporary, { recursive: true })

const stale = readdirSync(FOLDER).filter((file) => !reports.has(file))
const changed = [...reports].filter(([file, text]) => text !== readIfExists(join(FOLDER, file)))
if (!isCheck) {
  for (const file of stale) rmSync(join(FOLDER, file))
  for (const [file, text] of changed) writeFileSync(join(FOLDER, file), text)
} else if (changed.length + stale.length > 0) {
  const names = [...changed.map(([file]) => file), ...stale]
  console.error(
    `The public API changed: ${names.join(', ')}. Run \`npm run api\`, and explain the change in CHANGELOG.md.`,
  )
  process.exitCode = 1
}

function readIfExists(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
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
        reportFolder: temporary,
        reportTempFolder: join(temporary, 'new'),
        reportFileName: `${index}.api.md`,
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

/** Returns the declarations of an entry point with API Extractor, each without its release tag and without `export`. */
function declarationsOf(config) {
  Extractor.invoke(config, {
    compilerState,
    localBuild: true,
    messageCallback: (message) => {
      if (message.logLevel === ExtractorLogLevel.Info) message.handled = true
      if (message.messageId?.startsWith('console-')) message.handled = true
    },
  })
  const report = readFileSync(config.reportFilePath, 'utf8').replaceAll('\r\n', '\n')
  const code = report.slice(report.indexOf('```ts') + 5, report.lastIndexOf('```')).trim()
  return code.split(/\n\n(?=\/\/ @|import |export |\(No)/).map((declaration) => {
    const text = declaration.replace(/^\/\/ @.*\n/, '')
    return { text: text.replace(/^export (?!\{)/, ''), isExported: text.startsWith('export ') }
  })
}

/** Returns the text of each report by its file name. */
function toReports(all) {
  const counts = new Map()
  for (const [, declarations] of all)
    for (const text of new Set(declarations.map((one) => one.text)))
      counts.set(text, (counts.get(text) ?? 0) + 1)
  const isShared = ({ text }) => counts.get(text) > 1
  const shared = [...counts].filter(([, count]) => count > 1).map(([text]) => text)
  const each = all.map(([name, declarations]) => {
    const own = declarations.filter((one) => !isShared(one))
    const names = declarations.filter((one) => isShared(one) && one.isExported).map(nameOf)
    return toReport(
      name,
      own.map(({ text, isExported }) => (isExported ? `export ${text}` : text)),
      names,
    )
  })
  return new Map([
    toReport(
      'shared',
      shared.toSorted((a, b) => (a < b ? -1 : 1)),
      [],
    ),
    ...each,
  ])
}

function nameOf({ text }) {
  return /^(?:declare |abstract )*(?:class|const|function|interface|type) (\w+)/.exec(text)?.[1]
}

function toReport(name, declarations, names) {
  const exported = names.length === 0 ? '' : `Exports from shared.api.md: ${names.join(', ')}\n\n`
  const text = `# ${name}\n\n> \`npm run api\` writes this report.\n\n${exported}\`\`\`ts\n${declarations.join('\n\n')}\n\`\`\`\n`
  return [`${name.replaceAll('/', '-')}.api.md`, text]
}

// `npm run generate`: writes every file that is generated from the sources. With `--check`, nothing is written, and it fails if
// one of them differs. `npm run entries`, `npm run api` and `npm run options` write only theirs.
import { build, installPackages, run } from './setup.mjs'

/** The entry points are first, because the build reads them. */
const GENERATORS = [
  'write-entries',
  'options-reference',
  'diagrams',
  'source-tree',
  'config-schema',
  'reality',
  // It reads the build.
  'api-report',
]

installPackages()
for (const name of GENERATORS) {
  if (name === 'api-report') build()
  run(process.execPath, [`scripts/${name}.mjs`, ...process.argv.slice(2)])
}

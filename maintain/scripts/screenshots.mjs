// `npm run screenshots`: takes the pictures of docs/images/ and of the examples again, and writes the files that changed.
// `npm run screenshots -- hosts` also takes the pictures of the examples that a test of test/hosts builds, which takes minutes.
// `npm run long` and `npm run hosts` compare the pictures with the pages.
import { installTools, root, run } from '../../scripts/setup.mjs'
import { packLibraries } from '../../scripts/pack.mjs'

const [hosts, ...filter] = process.argv.slice(2)

installTools(['chromium'])
take(['--project', 'long', 'test/screenshots'])
if (hosts === 'hosts') {
  packLibraries()
  take(['--project', 'hosts', '--testNamePattern', 'looks like its picture', ...filter])
}
run(process.execPath, ['node_modules/oxfmt/bin/oxfmt', 'test/screenshots/texts.json'])

function take(args) {
  run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...args], {
    cwd: root,
    // The tests write into the same list of texts, so they run one after the other.
    env: { ...process.env, SCREENSHOTS: 'write', VITEST_MAX_WORKERS: '1' },
  })
}

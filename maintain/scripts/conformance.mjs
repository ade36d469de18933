// `npm run conformance`: runs the modules of the OpenID certification profiles, and writes docs/evidence/conformance.md.
// `npm run conformance -- --suite <url>`: runs them at the conformance suite instead. docs/evidence/conformance.md explains both.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatText } from '../../scripts/format-text.mjs'
import { installTools, root, run } from '../../scripts/setup.mjs'

const TESTS = 'packages/identity-web/test/conformance'
const PAGE = join(root, 'docs/evidence/conformance.md')

if (process.argv.length > 2) {
  installTools(['chromium'])
  run(process.execPath, ['--import', 'tsx', `${TESTS}/suite/main.ts`, ...process.argv.slice(2)])
} else {
  await writePage()
}

async function writePage() {
  const folder = mkdtempSync(join(tmpdir(), 'identity-web-conformance-'))
  const report = join(folder, 'report.json')
  try {
    const { status } = spawnSync(
      process.execPath,
      [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--project=fast',
        `${TESTS}/profiles.test.ts`,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
      ],
      { cwd: root, stdio: 'inherit' },
    )
    const page = execFileSync(process.execPath, ['--import', 'tsx', `${TESTS}/page.ts`, report], {
      cwd: root,
      encoding: 'utf8',
    })
    writeFileSync(PAGE, await formatText(PAGE, page))
    process.exitCode = status ?? 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

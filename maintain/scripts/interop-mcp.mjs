// `npm run interop:mcp [-- --only NAME]`: lets the MCP clients of other people use the example, and runs the conformance suite
// of MCP. It writes the results to docs/mcp-registration.md if all of them ran. The programs are not dependencies, because
// nothing else needs them.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatText } from '../../scripts/format-text.mjs'
import { nodeProgram } from '../../scripts/node-line.mjs'
import { installTools, root } from '../../scripts/setup.mjs'
import { installInFolder } from './npm-folder.mjs'

const PACKAGES = [
  '@anthropic-ai/claude-code@2.1.332',
  '@modelcontextprotocol/conformance@0.2.0-alpha.12',
  '@modelcontextprotocol/inspector@2.12.0',
  'mcp-remote@0.15.1',
  '@openai/codex@0.171.0',
]
const PAGE = join(root, 'docs/mcp-registration.md')

const folder = join(root, '.artifacts/interop-mcp')
const page = join(folder, 'page.md')
const args = process.argv.slice(2)

installTools(['chromium'])
installInFolder(folder, PACKAGES, ['--prefer-offline'])
rmSync(page, { force: true })
const { status } = spawnSync(
  process.execPath,
  [
    '--import',
    'tsx',
    'packages/identity-web/test/mcp/proof/main.ts',
    '--packages',
    join(folder, 'node_modules'),
    // The suite and the Inspector need Node.js 22.19 or later.
    '--node',
    nodeProgram('22'),
    ...(args.length === 0 ? ['--page', page] : args),
  ],
  { cwd: root, stdio: 'inherit' },
)
// A step that failed is part of the page.
if (existsSync(page)) writeFileSync(PAGE, await formatText(PAGE, readFileSync(page, 'utf8')))
process.exitCode = status ?? 1

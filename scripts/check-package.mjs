// `npm run check:package`: whether the packages work as they ship: exports, types, contents, unused code.
import { build, run } from './setup.mjs'

build()
for (const folder of ['packages/identity-web', 'packages/dev-provider']) {
  run('npx', ['publint', '--strict', folder])
  // CommonJS gets the same files: every supported Node.js can require() them, so that they are ESM is no fault.
  run('npx', [
    'attw',
    '--pack',
    folder,
    '--profile',
    'node16',
    '--ignore-rules',
    'cjs-resolves-to-esm',
  ])
}
run('npx', ['knip'])

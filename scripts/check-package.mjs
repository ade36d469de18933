// `npm run check:package`: whether the packages work as they ship: exports, types, contents, unused code.
import { build, run } from './setup.mjs'

build()
for (const folder of ['packages/identity-web', 'packages/dev-provider']) {
  run('npx', ['publint', '--strict', folder])
  run('npx', ['attw', '--pack', folder, '--profile', 'esm-only'])
}
run('npx', ['knip'])

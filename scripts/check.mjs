// `npm run check`: all gates, the cheapest first. The same as a submission has to pass.
import { build, installPackages, run } from './setup.mjs'

installPackages()
build() // The examples' types are those of the packages as they ship.
for (const gate of ['format:check', 'lint', 'typecheck', 'test', 'check:package', 'docs']) {
  console.log(`\n── ${gate}`)
  run('npm', ['run', '--silent', gate])
}

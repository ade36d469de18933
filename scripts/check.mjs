// `npm run check`: all gates, the cheapest first. The same as a submission has to pass.
import { installPackages, run } from './setup.mjs'

installPackages()
for (const gate of ['format:check', 'lint', 'typecheck', 'test', 'check:package', 'docs']) {
  console.log(`\n── ${gate}`)
  run('npm', ['run', '--silent', gate])
}

// `npm run demo`: installs what is missing, builds, and starts the development provider with an example.
// `npm run demo -- web-and-api`, `-- azure-ad-b2c` and the other names of DEMOS start another one.
import { DEMOS } from './demo/demos.mjs'
import { build, installPackages } from './setup.mjs'

const name = process.argv[2] ?? 'entra-id'
if (!Object.hasOwn(DEMOS, name)) {
  console.error(`There is no demo called ${name}. Choose one of: ${Object.keys(DEMOS).join(', ')}.`)
  process.exit(1)
}

installPackages()
build()
console.log(`\n${await DEMOS[name]()}\n\n  Press Ctrl+C to stop.\n`)

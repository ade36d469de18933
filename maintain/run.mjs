// `npm run NAME` in this folder: installs what is missing, builds the packages, and starts a program of scripts/. Its arguments
// are those after the name.
import { build, installPackages } from '../scripts/setup.mjs'

const [name] = process.argv.splice(2, 1)
installPackages()
build()
await import(`./scripts/${name}.mjs`)

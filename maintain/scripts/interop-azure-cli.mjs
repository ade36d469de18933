// `npm run interop:azure-cli`: signs the real Azure CLI in at the development provider, and runs the scripts that
// `identity-web-cli register --az-script` writes. It installs the Debian package azure-cli, which is large.
import { build, installPackages, installTools, run } from '../../scripts/setup.mjs'

installPackages()
installTools(['azure-cli', 'openssl'])
build()
run('npx', ['vitest', 'run', '--project', 'azure-cli'])

// `npm run changeset`: describes a change for the next version, in the folder .changeset of the repository.
import { maintain, run } from '../../scripts/setup.mjs'

run(process.execPath, [`${maintain}node_modules/@changesets/cli/bin.js`, ...process.argv.slice(2)])

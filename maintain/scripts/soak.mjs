// `npm run soak -- [--minutes 10] [--only NAME] [--report FILE]`: breaks Redis and the provider while users work.
// maintain/README.md explains it.
import { installTools, run } from '../../scripts/setup.mjs'

installTools(['redis-server'])
run(process.execPath, ['--import', 'tsx', 'maintain/soak/soak.ts', ...process.argv.slice(2)])

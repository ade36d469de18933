// One process with another package, and with guarded routes of every framework.
import type { Report, Settings } from './settings.ts'
import { VARIATIONS } from './variations.ts'

const settings = JSON.parse(process.env['NEIGHBORS'] ?? '') as Settings
const variation = VARIATIONS[settings.variation]
if (variation === undefined) throw new Error(`No such variation: ${settings.variation}`)
// The channel to the tests, before another package replaces anything.
const report = (message: Report): void => void process.send?.(message)

async function run(): Promise<void> {
  const { moment } = settings
  if (moment === 'before the import') await variation?.apply()
  // Its static imports are those of an application.
  const { startHosts } = await import('./hosts.ts')
  if (moment === 'after the import') await variation?.apply()
  const origins = await startHosts(settings)
  if (moment === 'while it serves') await variation?.apply()
  report({ origins })
}

run().catch((error: unknown) => report({ failed: `${String(error)} ${(error as Error).stack}` }))

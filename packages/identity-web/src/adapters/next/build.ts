import type { HostTraits } from '../../host-traits.ts'

/** Tells whether Next.js is building. A build loads every module, often without the production settings. */
export function buildTraits(): HostTraits {
  return { isUnsettled: process.env['NEXT_PHASE'] === 'phase-production-build' }
}

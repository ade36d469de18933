import type { HostTraits } from '../../host-traits.ts'

/** Tells whether Next.js is building. The build loads every module, but need not have the production settings. */
export function buildTraits(): HostTraits {
  return { isUnsettled: process.env['NEXT_PHASE'] === 'phase-production-build' }
}

import type { Logger } from '../../web/index.ts'

/** Removes the logger while Next.js builds. The build loads every module, but need not have the production settings. */
export function quietInBuilds<Options extends { readonly logger?: Logger | undefined }>(
  options: Options,
): Options {
  return process.env['NEXT_PHASE'] === 'phase-production-build'
    ? { ...options, logger: {} }
    : options
}

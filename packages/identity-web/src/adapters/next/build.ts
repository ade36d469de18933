import type { Logger } from '../../web/index.ts'

/** Removes the logger while Next.js builds. A build loads every module, often without the production settings. */
export function quietInBuilds<Options extends { readonly logger?: Logger | undefined }>(
  options: Options,
): Options {
  return process.env['NEXT_PHASE'] === 'phase-production-build'
    ? { ...options, logger: {} }
    : options
}

import type { Logger } from '../../web/index.ts'

/** Options without a log while Next.js builds: it loads every module then, where the settings of production needn't be. */
export function quietInBuilds<Options extends { readonly logger?: Logger | undefined }>(
  options: Options,
): Options {
  return process.env['NEXT_PHASE'] === 'phase-production-build'
    ? { ...options, logger: {} }
    : options
}

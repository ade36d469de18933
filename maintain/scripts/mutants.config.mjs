// The tests that mutants.mjs runs. The settings are those of vitest.config.ts.
import { defineConfig } from 'vitest/config'
import { aliases } from '../../test/aliases.ts'

export default defineConfig({
  resolve: { alias: aliases },
  test: {
    isolate: false,
    restoreMocks: true,
    unstubGlobals: true,
    unstubEnvs: true,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    include: JSON.parse(process.env.MUTANT_TESTS ?? '[]'),
  },
})

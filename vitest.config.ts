import { defineConfig } from 'vitest/config'
import { aliases } from './test/aliases.ts'

// Tests run on the sources; that the packages work as they ship is the business of `check:package`.
export default defineConfig({
  resolve: { alias: aliases },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    typecheck: {
      enabled: true,
      include: ['packages/*/test/types/*.test-d.ts'],
      tsconfig: 'tsconfig.json',
    },
    isolate: false,
    restoreMocks: true,
    unstubGlobals: true,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    coverage: { include: ['packages/*/src/**'], reportsDirectory: 'coverage' },
  },
})

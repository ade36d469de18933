import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

// Tests run on the sources; that the packages work as they ship is the business of `check:package`.
export default defineConfig({
  resolve: {
    alias: [
      { find: /^#aes$/, replacement: here('packages/identity-web/src/sealing/aes-node.ts') },
      {
        find: /^#key-material$/,
        replacement: here('packages/identity-web/src/client/credential/key-material-node.ts'),
      },
      { find: /^identity-web$/, replacement: here('packages/identity-web/src/index.ts') },
      {
        find: /^identity-web\/redis$/,
        replacement: here('packages/identity-web/src/stores/redis.ts'),
      },
      {
        find: /^identity-web\/(\w+)$/,
        replacement: here('packages/identity-web/src/adapters/$1.ts'),
      },
      { find: /^identity-web-dev$/, replacement: here('packages/dev-provider/src/index.ts') },
    ],
  },
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

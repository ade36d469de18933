import { defineConfig } from 'vitest/config'

// The first page takes a while, because the development server compiles it.
export default defineConfig({
  test: { include: ['test/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000 },
})

import { defineConfig } from '@playwright/test'
import type { SignedInOptions } from 'identity-web-dev/playwright'

const port = Number(process.env['PORT'] ?? 3000)
const executablePath = process.env['CHROMIUM_PATH']

export default defineConfig<SignedInOptions>({
  testMatch: '*.spec.ts',
  // stored.spec.ts counts the sign-ins of the file before it.
  workers: 1,
  outputDir: process.env['OUTPUT_DIR'] ?? 'test-results',
  use: {
    baseURL: `http://localhost:${port}`,
    signInPath: '/orders',
    // Without CHROMIUM_PATH, Playwright starts the Chromium that it has installed.
    ...(executablePath !== undefined && {
      launchOptions: { executablePath, args: ['--no-sandbox'] },
    }),
  },
  webServer: {
    command: `node --import tsx ../src/server.ts`,
    env: { PORT: String(port) },
    port,
  },
})

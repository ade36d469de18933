// Vitest undoes stubs before the next test. Without these lines, the next file would load its modules with the stubs of the
// last test: React for development, and ReactDOM for production.
import { afterEach, vi } from 'vitest'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})

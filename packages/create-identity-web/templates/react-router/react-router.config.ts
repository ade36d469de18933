import type { Config } from '@react-router/dev/config'

// The sign-in is a middleware.
export default { future: { v8_middleware: true } } satisfies Config

import type { Config } from '@react-router/dev/config'

// Without options, pages render on the server. The sign-in needs that.
export default {} satisfies Config

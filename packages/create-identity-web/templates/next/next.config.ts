import type { NextConfig } from 'next'

// Next.js shows forbidden.tsx with the status 403 to users who lack a role.
const config: NextConfig = { experimental: { authInterrupts: true } }

export default config

/** @type {import('next').NextConfig} */
const config = {
  typescript: { ignoreBuildErrors: true },
  // Reports all pages that cannot be rendered, and not only the first one.
  experimental: { prerenderEarlyExit: false },
}

// oxlint-disable-next-line import/no-default-export -- what Next.js takes
export default config

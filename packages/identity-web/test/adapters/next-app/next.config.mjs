/** @type {import('next').NextConfig} */
const config = {
  basePath: process.env.BASE_PATH ?? '',
  // Visitors of the first source pass `loginRequired` of the proxy.
  rewrites: async () => [
    { source: '/unnoticed', destination: '/guarded' },
    { source: '/guarded/old', destination: '/guarded' },
    { source: '/open/:path*', destination: '/account/:path*' },
  ],
  experimental: { authInterrupts: process.env.AUTH_INTERRUPTS === 'yes' },
  // The contract has pages that end in one.
  skipTrailingSlashRedirect: true,
  // The types are checked with all others.
  typescript: { ignoreBuildErrors: true },
  // Without it, a build is faster.
  ...(process.env.MINIFY === 'no' && {
    webpack: (webpack) => ({
      ...webpack,
      optimization: { ...webpack.optimization, minimize: false },
    }),
  }),
}

// oxlint-disable-next-line import/no-default-export -- what Next.js takes
export default config

/** @type {import('next').NextConfig} */
const config = {
  basePath: process.env.BASE_PATH ?? '',
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

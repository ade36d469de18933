/** @type {import('next').NextConfig} */
const config = {
  basePath: process.env.BASE_PATH ?? '',
  // The contract has pages that end in one.
  skipTrailingSlashRedirect: true,
  // The types are checked with all others.
  typescript: { ignoreBuildErrors: true },
}

// oxlint-disable-next-line import/no-default-export -- what Next.js takes
export default config

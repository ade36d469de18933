/** @type {import('next').NextConfig} */
const config = { typescript: { ignoreBuildErrors: true } }

// oxlint-disable-next-line import/no-default-export -- Next.js requires it
export default config

/** @type {import('next').NextConfig} */
const config = {}

// oxlint-disable-next-line import/no-default-export -- what Next.js takes
export default config

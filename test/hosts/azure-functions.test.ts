import { fileURLToPath } from 'node:url'
import { walkThrough } from './support/walk.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

walkThrough({
  name: 'azure-functions',
  build: ['npm', 'run', 'build'],
  serve: [
    process.execPath,
    '--import',
    `${root}node_modules/tsx/dist/loader.mjs`,
    `${root}test/hosts/serverless/serve-functions.ts`,
  ],
  redirectPath: '/auth/redirect',
})

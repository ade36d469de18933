import { fileURLToPath } from 'node:url'
import { walkThrough } from './support/walk.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

walkThrough({
  name: 'aws-lambda',
  build: ['npm', 'run', 'build'],
  serve: [
    process.execPath,
    '--import',
    `${root}node_modules/tsx/dist/loader.mjs`,
    `${root}test/hosts/serverless/serve-lambda.ts`,
  ],
  redirectPath: '/auth/redirect',
})

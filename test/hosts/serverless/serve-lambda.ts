// Serves the Lambda function in the current folder behind an HTTP API: node --import tsx serve-lambda.ts
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  serveLambda,
  type Handler,
} from '../../../packages/identity-web/test/serverless/api-gateway.ts'

process.loadEnvFile('.env')
const { BASE_PATH = '/', PORT } = process.env
const stage = BASE_PATH === '/' ? '$default' : (BASE_PATH.split('/')[1] ?? '')
const file = pathToFileURL(join(process.cwd(), 'dist/index.mjs')).href
const { handler } = (await import(file)) as { readonly handler: Handler }

await serveLambda(handler, { kind: 'HTTP API', stage }, Number(PORT))

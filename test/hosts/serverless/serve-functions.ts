// Serves the function app in the current folder, as `func start` does: node --import tsx serve-functions.ts
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { startFunctions } from '../../../packages/identity-web/test/serverless/functions-host.ts'

interface HostJson {
  readonly extensions: { readonly http: { readonly routePrefix: string } }
}

const read = (path: string): unknown => JSON.parse(readFileSync(join(process.cwd(), path), 'utf8'))
process.loadEnvFile('.env')
const { main } = read('package.json') as { readonly main: string }
const { extensions } = read('host.json') as HostJson
const { BASE_PATH = '/', PORT } = process.env

await startFunctions(() => import(pathToFileURL(join(process.cwd(), main)).href), {
  routePrefix: BASE_PATH === '/' ? extensions.http.routePrefix : BASE_PATH,
  port: Number(PORT),
})

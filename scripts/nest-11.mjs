// `npm run test:nest-11`: runs the contract and the tests of NestJS on NestJS 11. `npm test` runs them on NestJS 12.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = `${root}.artifacts/nest-11`
const names = ['common', 'core', 'platform-express', 'platform-fastify', 'testing']
const dependencies = Object.fromEntries(names.map((name) => [`@nestjs/${name}`, '^11.1.0']))

mkdirSync(folder, { recursive: true })
writeFileSync(`${folder}/package.json`, JSON.stringify({ private: true, dependencies }))
const run = (command, args, options) =>
  execFileSync(command, args, { cwd: root, stdio: 'inherit', ...options })
run('npm', ['install', '--no-audit', '--no-fund', '--loglevel', 'error'], { cwd: folder })
run(
  'npx',
  ['vitest', 'run', '--project', 'fast', '--typecheck.enabled=false', 'test/adapters/nestjs'],
  { env: { ...process.env, NESTJS_FOLDER: `${folder}/node_modules/@nestjs` } },
)

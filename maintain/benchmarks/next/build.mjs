import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const sources = fileURLToPath(new URL('site/', import.meta.url))
const folder = `${root}.artifacts/benchmark-next/`

/**
 * Builds a copy of the site, because Next.js writes its files next to the sources. Does nothing if the last build has the
 * same sources, library and version of Next.js.
 *
 * @returns The folder of the build.
 */
export function buildSite() {
  const stamp = `${folder}benchmark-stamp`
  const hash = hashOfSources()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return folder
  rmSync(folder, { recursive: true, force: true })
  cpSync(sources, folder, { recursive: true })
  console.error('next build')
  execFileSync(process.execPath, [`${root}node_modules/next/dist/bin/next`, 'build'], {
    cwd: folder,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  writeFileSync(stamp, hash)
  return folder
}

function hashOfSources() {
  const hash = createHash('sha256').update(process.version)
  hash.update(readFileSync(`${root}node_modules/next/package.json`))
  for (const tree of [sources, `${root}packages/identity-web/dist/`]) {
    for (const path of readdirSync(tree, { recursive: true, encoding: 'utf8' }).toSorted()) {
      if (!statSync(tree + path).isFile() || /\.(map|d\.ts)$/.test(path)) continue
      hash.update(path).update(readFileSync(tree + path))
    }
  }
  return hash.digest('hex')
}

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'

// A result file contains the newest rows of each part, measured with one line of Node.js.

const here = fileURLToPath(new URL('.', import.meta.url))
const root = fileURLToPath(new URL('..', import.meta.url))
const folder = `${here}results/`

/** Packages of the root folder that servers of the benchmark load. */
const ROOT_PACKAGES = ['koa', '@nestjs/core', 'openid-client']

/** Returns the result of this line of Node.js, or `undefined` if it is not stored. */
export function readResult() {
  const file = fileOf(process.version)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

/** Returns the results of all lines of Node.js, the oldest line first. */
export function readResults() {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(folder + name, 'utf8')))
    .toSorted((a, b) => lineOf(a.node) - lineOf(b.node))
}

/** Replaces the stored rows of the given parts. Other parts keep their rows. */
export function storeRows(rowsByPart) {
  const date = new Date().toISOString().slice(0, 10)
  const measured = [...rowsByPart].map(([name, rows]) => [name, { date, rows: rows.map(rounded) }])
  const result = {
    node: process.version,
    machine: describeMachine(),
    versions: findVersions(),
    parts: { ...readResult()?.parts, ...Object.fromEntries(measured) },
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(fileOf(process.version), `${JSON.stringify(result, null, 2)}\n`)
}

/** Returns the processor and the number of cores. */
export function describeMachine() {
  return `${cpus().length} cores, ${cpus()[0]?.model.trim()}`
}

function fileOf(version) {
  return `${folder}node-${lineOf(version)}.json`
}

function lineOf(version) {
  return Number(version.slice(1).split('.')[0])
}

function findVersions() {
  const { dependencies } = readJson(`${here}package.json`)
  return Object.fromEntries([
    ...ROOT_PACKAGES.map((name) => [name, versionIn(root, name)]),
    ...Object.keys(dependencies).map((name) => [name, versionIn(here, name)]),
  ])
}

function versionIn(where, name) {
  return readJson(`${where}node_modules/${name}/package.json`).version
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** Digits beyond these are only noise, and would make each change of the file larger. */
function rounded(row) {
  return JSON.parse(
    JSON.stringify(row, (_key, value) =>
      typeof value === 'number' ? Number(value.toPrecision(4)) : value,
    ),
  )
}

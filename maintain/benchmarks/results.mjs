import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'

// A result file contains the newest rows of each part, measured with one line of Node.js.

const here = fileURLToPath(new URL('.', import.meta.url))
const maintain = fileURLToPath(new URL('..', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))
const FOLDER = `${here}results/`

/** Packages of the root folder that servers of the benchmark load. */
const ROOT_PACKAGES = ['koa', '@nestjs/core', 'openid-client']

/** Returns the result of this line of Node.js, or `undefined` if it is not stored. */
export function readResult(folder = FOLDER) {
  const file = fileOf(process.version, folder)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

/** Returns the results of all lines of Node.js, the oldest line first. */
export function readResults(folder = FOLDER) {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(folder + name, 'utf8')))
    .toSorted((a, b) => lineOf(a.node) - lineOf(b.node))
}

/**
 * Replaces the stored rows of the given parts. Other parts keep their rows.
 *
 * @param folder - A path with a slash at the end.
 */
export function storeRows(rowsByPart, folder = FOLDER) {
  const date = new Date().toISOString().slice(0, 10)
  const measured = [...rowsByPart].map(([name, rows]) => [name, { date, rows: rows.map(rounded) }])
  const result = {
    node: process.version,
    machine: describeMachine(),
    versions: findVersions(),
    parts: { ...readResult(folder)?.parts, ...Object.fromEntries(measured) },
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(fileOf(process.version, folder), `${JSON.stringify(result, null, 2)}\n`)
}

/** Returns the processor and the number of cores. */
export function describeMachine() {
  return `${cpus().length} cores, ${cpus()[0]?.model.trim()}`
}

function fileOf(version, folder) {
  return `${folder}node-${lineOf(version)}.json`
}

function lineOf(version) {
  return Number(version.slice(1).split('.')[0])
}

function findVersions() {
  const { dependencies } = readJson(`${maintain}package.json`)
  const places = [
    ...ROOT_PACKAGES.map((name) => [name, root]),
    ...Object.keys(dependencies).map((name) => [name, maintain]),
  ]
  const files = places.map(([name, where]) => [name, `${where}node_modules/${name}/package.json`])
  // A part that needs only packages of the root folder runs without the others.
  const installed = files.filter(([, file]) => existsSync(file))
  return Object.fromEntries(installed.map(([name, file]) => [name, readJson(file).version]))
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

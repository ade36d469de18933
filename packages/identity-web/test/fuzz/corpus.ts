import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'

// The runner bundles this module and says where the folder is.
const { FUZZ_CORPUS } = process.env
const folder = FUZZ_CORPUS ?? fileURLToPath(new URL('corpus', import.meta.url))

/** An input that broke a property, with the values that reproduce it. */
export interface Failure {
  readonly target: string
  readonly input: unknown
  readonly message: string
  /** The seed of the run. Not set if the input comes from a corpus. */
  readonly seed?: number
}

/** Returns the strings of a corpus file. */
export function readCorpus(name: string): string[] {
  return JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8')) as string[]
}

/** Returns the inputs of earlier failures of a target. They stay in the corpus, so that each run checks them. */
export function foundInputs(target: string): unknown[] {
  const prefix = `${target.replaceAll('/', '-')}.`
  return readdirSync(folder)
    .filter((file) => file.startsWith(prefix))
    .map((file) => (JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Failure).input)
}

/** Saves a failure as a corpus file. Returns its path. */
export function saveFailure(failure: Failure): string {
  const json = `${JSON.stringify(failure, undefined, 2)}\n`
  const hash = createHash('sha256').update(JSON.stringify(failure.input)).digest('hex').slice(0, 12)
  const path = `${folder}/${failure.target.replaceAll('/', '-')}.${hash}.json`
  mkdirSync(folder, { recursive: true })
  writeFileSync(path, json)
  return path
}

import { readFile } from 'node:fs/promises'
import type { DevProviderConfigInput } from '../config/config.js'
import { checkConfig } from '../config/resolve-config.js'
import { readFileSchema } from '../config/schema.js'
import { givenOnly, isObject } from '../config/value-checks.js'
import type { DevProviderConfigFile } from '../config-file.js'
import { findBehaviourProblems } from '../controls/behaviour.js'
import { describeJsonError } from './json-error.js'

/** The checked contents of a configuration file. */
export interface ConfigFile {
  /** The contents before the check. */
  readonly json: string
  readonly config: DevProviderConfigInput
  readonly settings: Omit<DevProviderConfigFile, keyof DevProviderConfigInput | '$schema'>
}

/**
 * Reads and checks a configuration file.
 *
 * @throws TypeError that lists all problems at once, or the position of a syntax error.
 */
async function readConfigFile(file: string): Promise<ConfigFile> {
  const json = await readFile(file, 'utf8').catch((error: unknown) => {
    // The error of a folder does not contain its path.
    throw Object.assign(error as Error, { path: file })
  })
  return parseConfigFile(`The file ${file}`, json)
}

/**
 * Returns the configuration of the option `--config`, or of the variable `IDENTITY_DEV_CONFIG` with the same JSON.
 *
 * @throws TypeError when the configuration is not valid, or when there are two.
 */
export async function findConfig(file: string | undefined): Promise<ConfigFile | undefined> {
  const { IDENTITY_DEV_CONFIG: json = '' } = process.env
  if (json === '') return file === undefined ? undefined : readConfigFile(file)
  if (file === undefined) return parseConfigFile('The variable IDENTITY_DEV_CONFIG', json)
  throw new TypeError(
    'Both --config and the variable IDENTITY_DEV_CONFIG contain a configuration. Remove one of them.',
  )
}

/**
 * Checks the contents of a configuration file.
 *
 * @param source - The start of an error message, for example `The file identity-dev.json`.
 * @throws TypeError that lists all problems at once, or the position of a syntax error.
 */
export async function parseConfigFile(source: string, json: string): Promise<ConfigFile> {
  // Some editors for Windows write a byte order mark, which JSON.parse rejects.
  const input = await parseJson(source, json.replace(/^\uFEFF/, ''))
  const problems = findProblems(input)
  if (problems.length > 0) {
    throw new TypeError(`${source} is not valid:\n- ${problems.join('\n- ')}`)
  }
  const {
    $schema: _,
    behaviour,
    port,
    host,
    allowHosts,
    origin,
    https,
    ...config
  } = input as DevProviderConfigFile
  return {
    json,
    config: config as DevProviderConfigInput,
    settings: givenOnly({ behaviour, port, host, allowHosts, origin, https }),
  }
}

async function parseJson(source: string, json: string): Promise<Readonly<Record<string, unknown>>> {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (cause) {
    throw new TypeError(`${source} is not valid JSON. ${await describeJsonError(json)}`, {
      cause,
    })
  }
  if (isObject(value)) return value
  throw new TypeError(`${source} must contain a JSON object. Write { at its start.`)
}

function findProblems(input: Readonly<Record<string, unknown>>): string[] {
  const problems = [...checkConfig(input, readFileSchema()).problems]
  const { behaviour, port } = input as DevProviderConfigFile
  if (isObject(behaviour)) {
    // The check of the whole file finds the types of the switches too.
    const found = findBehaviourProblems(behaviour).map((problem) => `behaviour.${problem}`)
    problems.push(...found.filter((problem) => !problems.includes(problem)))
  }
  const isPort = Number.isInteger(port) && Number(port) >= 0 && Number(port) <= 65_535
  if (typeof port === 'number' && !isPort) problems.push('port must be an integer from 0 to 65535')
  return problems
}

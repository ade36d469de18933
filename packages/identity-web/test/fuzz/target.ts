import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { IdentityError } from '../../src/errors.ts'
import { foundInputs, readCorpus } from './corpus.ts'
import { mutatedText } from './mutations.ts'

/** A property of a parser, and the inputs that could break it. Inputs are JSON, so that a failure can be saved. */
export interface FuzzTarget<Input = unknown> {
  /** The name of the group and of the property, such as `cookies/read`. */
  readonly name: string
  readonly arbitrary: fc.Arbitrary<Input>
  /** Inputs that each run checks first: the corpus, and the failures of earlier runs. */
  readonly seeds: readonly Input[]
  /** Checks the property of one input. It throws if the property does not hold. */
  check(input: Input): unknown
  /** The number of random inputs in `npm test`. */
  readonly runs: number
  /** Returns inputs of about this length. `npm run -C maintain fuzz` compares the time that they take. */
  readonly long: (length: number) => readonly Input[]
}

interface TextTargetOptions {
  readonly name: string
  /** The name of the file in `corpus`. */
  readonly corpus: string
  /** Parts of the format, from which inputs are built. Long inputs repeat each of them. */
  readonly words: readonly string[]
  readonly check: (input: string) => unknown
  /** @defaultValue `200` */
  readonly runs?: number
  /** Further seeds, which the corpus file cannot contain. */
  readonly seeds?: readonly string[]
}

/** Creates a target whose input is a string. Bytes are strings too, with one character for each byte. */
export function textTarget(options: TextTargetOptions): FuzzTarget<string> {
  const { name, words, check, runs = 200 } = options
  const seeds = [...(options.seeds ?? []), ...readCorpus(options.corpus)]
  return {
    name,
    arbitrary: mutatedText(seeds, words),
    seeds: [...seeds, ...(foundInputs(name) as string[])],
    check,
    runs,
    long: (length) => words.map((word) => word.repeat(Math.ceil(length / word.length))),
  }
}

interface ValueTargetOptions<Input> {
  readonly name: string
  readonly arbitrary: fc.Arbitrary<Input>
  readonly check: (input: Input) => unknown
  /** @defaultValue `200` */
  readonly runs?: number
  readonly seeds?: readonly Input[]
  readonly long?: (length: number) => readonly Input[]
}

/** Creates a target whose input is a value that JSON can express. */
export function valueTarget<Input>(options: ValueTargetOptions<Input>): FuzzTarget<Input> {
  const { name, arbitrary, check, runs = 200, seeds = [], long = () => [] } = options
  const found = foundInputs(name) as Input[]
  return { name, arbitrary, check, runs, seeds: [...seeds, ...found], long }
}

/** Runs an action. Returns the error if it is an {@link IdentityError}, and throws every other error. */
export async function onlyIdentityError<T>(
  action: () => T | Promise<T>,
): Promise<{ readonly value?: T; readonly error?: IdentityError }> {
  try {
    return { value: await action() }
  } catch (error) {
    if (IdentityError.is(error)) return { error }
    throw error
  }
}

/** Returns a value that is created when it is first needed. */
export function once<T>(create: () => T): () => T {
  let created: { readonly value: T } | undefined
  return () => (created ??= { value: create() }).value
}

/** Returns the bytes of a string with one character for each byte. */
export function bytesOf(binary: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(binary, 'latin1'))
}

/** Replaces the characters that UTF-8 cannot express, as URLs do. */
export function wellFormed(text: string): string {
  return Buffer.from(text).toString()
}

/** Returns a request with foreign headers, or `undefined` if no HTTP message can contain them. */
export function requestOf(url: string, init: RequestInit): Request | undefined {
  try {
    return new Request(url, init)
  } catch {
    return undefined
  }
}

/** Checks that a status is not that of a failure of this server. */
export function assertNoServerError(response: Response, of: unknown): void {
  assert.ok(response.status < 500, `status ${response.status} for ${JSON.stringify(of)}`)
}

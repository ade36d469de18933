import * as fc from 'fast-check'

/** Strings that break parsers of every format. */
const HOSTILE = [
  '',
  '\0',
  '\t',
  '\r\n',
  ' ',
  '"',
  '\\',
  '%00',
  '%2f',
  '%',
  '../',
  '//',
  '=',
  ';',
  ',',
  '&',
  '?',
  '#',
  '{',
  '}',
  '[',
  ']',
  '[['.repeat(200),
  '{"a":'.repeat(200),
  '__proto__',
  'constructor',
  'toString',
  'null',
  'true',
  '0',
  '-1',
  '1e309',
  '9007199254740993',
  '\u{1F600}',
  '\uD800',
  '\uFEFF',
  '\u2028',
  '\u202E',
  'é',
  '\u0130',
  'A'.repeat(70),
  'A'.repeat(5000),
]

const UNITS = ['binary', 'grapheme', 'binary-ascii'] as const

/**
 * Returns strings of three kinds: seeds with some changes, sequences of words, and random characters. A failing input
 * shrinks to fewer changes.
 */
export function mutatedText(
  seeds: readonly string[],
  words: readonly string[],
): fc.Arbitrary<string> {
  const word = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...words) },
    { weight: 2, arbitrary: fc.constantFrom(...HOSTILE) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) },
  )
  const position = fc.double({ min: 0, max: 1, noNaN: true })
  const change = fc.record({
    kind: fc.constantFrom('insert', 'replace', 'delete', 'repeat', 'flip', 'move', 'cut'),
    at: position,
    length: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 40 })),
    word,
    bit: fc.nat({ max: 7 }),
  })
  const changed = fc
    .tuple(fc.constantFrom(...seeds, ''), fc.array(change, { maxLength: 5, size: 'max' }))
    .map(([seed, changes]) => changes.reduce(apply, seed))
  const spliced = fc
    .tuple(fc.constantFrom(...seeds, ''), fc.constantFrom(...seeds, ''), position, position)
    .map(([one, other, start, end]) => one.slice(0, at(one, start)) + other.slice(at(other, end)))
  return fc.oneof(
    { weight: 6, arbitrary: changed },
    { weight: 1, arbitrary: spliced },
    { weight: 2, arbitrary: fc.array(word, { maxLength: 12 }).map((list) => list.join('')) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...UNITS).chain((unit) => fc.string({ unit, maxLength: 80 })),
    },
  )
}

interface Change {
  readonly kind: string
  /** From 0 for the start to 1 for the end. */
  readonly at: number
  readonly length: number
  readonly word: string
  readonly bit: number
}

function apply(text: string, { kind, at: position, length, word, bit }: Change): string {
  const start = at(text, position)
  const [before, part, after] = [
    text.slice(0, start),
    text.slice(start, start + length),
    text.slice(start + length),
  ]
  switch (kind) {
    case 'insert':
      return before + word + part + after
    case 'replace':
      return before + word + after
    case 'delete':
      return before + after
    case 'repeat':
      return before + part.repeat(2 + (length % 30)) + after
    case 'flip':
      return (
        before +
        String.fromCharCode((text.charCodeAt(start) || 0) ^ (1 << bit)) +
        text.slice(start + 1)
      )
    case 'move':
      return after + part + before
    default:
      return before
  }
}

function at(text: string, position: number): number {
  return Math.floor(position * text.length)
}

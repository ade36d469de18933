import type { ParseError } from 'jsonc-parser'

/** The messages for the error codes of `jsonc-parser`. */
const MESSAGES: Readonly<Record<string, string>> = {
  InvalidSymbol: 'A name or a value without double quotes is not allowed',
  InvalidNumberFormat: 'The number is not valid',
  PropertyNameExpected: 'Write a name in double quotes here, or remove the comma before it',
  ValueExpected: 'A value is missing here',
  ColonExpected: 'A colon is missing here',
  CommaExpected: 'A comma is missing here',
  CloseBraceExpected: 'A closing brace } is missing here',
  CloseBracketExpected: 'A closing bracket ] is missing here',
  EndOfFileExpected: 'The file must end here',
  InvalidCommentToken: 'JSON does not allow comments. Remove the comment',
  UnexpectedEndOfComment: 'JSON does not allow comments. Remove the comment',
  UnexpectedEndOfString: 'The string has no closing double quote',
  UnexpectedEndOfNumber: 'The number is not complete',
  InvalidUnicode: 'The Unicode escape is not valid',
  InvalidEscapeCharacter: 'The backslash is not valid here. Write \\\\ for a backslash',
  InvalidCharacter:
    'The string contains a control character. Write it as an escape, for example \\n',
}

/** Returns the position of the first syntax error of a JSON text, and the way to fix it. */
export async function describeJsonError(json: string): Promise<string> {
  // `JSON.parse` of Node.js 20 does not name the position of every error.
  const { parse, printParseErrorCode } = await import('jsonc-parser')
  const errors: ParseError[] = []
  parse(json, errors, {
    disallowComments: true,
    allowTrailingComma: false,
    allowEmptyContent: false,
  })
  const [first] = errors
  if (first === undefined) return 'Check it with an editor.'
  const before = json.slice(0, first.offset).split('\n')
  const column = (before.at(-1)?.length ?? 0) + 1
  const message = MESSAGES[printParseErrorCode(first.error)] ?? 'The text is not valid here'
  return `Line ${before.length}, column ${column}: ${message}.`
}

import { describe, expect, test } from 'vitest'
import { compare, type Description } from '../../../identity-web-cli/src/reality/compare.js'

const IDS = {
  trace_id: '11111111-2222-4333-8444-555555555555',
  correlation_id: '11111111-2222-4333-8444-555555555556',
  timestamp: '2026-01-02 03:04:05Z',
}
const endOf = ({ trace_id, correlation_id, timestamp }: typeof IDS) =>
  `Trace ID: ${trace_id} Correlation ID: ${correlation_id} Timestamp: ${timestamp}`
const BODY = {
  error: 'invalid_client',
  error_description: `AADSTS7000215: Invalid client secret provided. ${endOf(IDS)}`,
  error_codes: [7000215],
  ...IDS,
  claims: '{"access_token":{"capolids":{"essential":true}}}',
}
const HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'www-authenticate': 'Bearer realm="", error="insufficient_claims", claims="e30="',
}
const ERROR: Description = {
  id: 'error',
  sentence: 'A wrong secret is rejected.',
  cause: 'a wrong secret',
  status: 401,
  headers: {
    'content-type': '=application/json; charset=utf-8',
    'www-authenticate': 'challenge bearer claims error=insufficient_claims realm',
  },
  members: {
    error: '=invalid_client',
    error_description: 'AADSTS7000215',
    error_codes: [7000215],
    timestamp: 'time',
    trace_id: 'guid',
    correlation_id: 'guid',
    'suberror?': '=bad_token',
    claims: { json: { access_token: { capolids: { essential: true } } } },
  },
  absent: ['error_uri'],
  source: 'https://example.com/',
  date: '2026-01-02',
  kind: 'recorded',
}

const answer = (members: Readonly<Record<string, unknown>> = {}, headers = {}, status = 401) => ({
  status,
  headers: new Headers({ ...HEADERS, ...headers }),
  members: { ...BODY, ...members },
})

test('an answer of the described form has no difference', () => {
  expect(compare(ERROR, answer())).toEqual([])
  expect(compare(ERROR, answer({ suberror: 'bad_token' }))).toEqual([])
})

describe('a difference', () => {
  const other = (text: string) => ({ error_description: `${text} ${endOf(IDS)}` })

  test.for([
    ['status', answer({}, {}, 400), 'status: other'],
    ['header', answer({}, { 'content-type': 'application/json' }), 'headers.content-type: other'],
    [
      'error in a challenge',
      answer({}, { 'www-authenticate': 'Bearer realm="", error="invalid_token", claims="e30="' }),
      'headers.www-authenticate: other',
    ],
    ['missing member', answer({ trace_id: undefined }), 'members.trace_id: missing'],
    ['extra member', answer({ more: 1 }), 'members.more: extra'],
    ['member that must not occur', answer({ error_uri: 'x' }), 'members.error_uri: extra'],
    ['value', answer({ error: 'invalid_grant' }), 'members.error: other'],
    ['value of an optional member', answer({ suberror: 'x' }), 'members.suberror: other'],
    ['type', answer({ error_codes: '7000215' }), 'members.error_codes: other'],
    ['type in a list', answer({ error_codes: ['7000215'] }), 'members.error_codes[]: other'],
    ['empty list', answer({ error_codes: [] }), 'members.error_codes[]: missing'],
    ['code', answer({ error_codes: [7000222] }), 'members.error_codes[]: other'],
    ['number', answer(other('AADSTS7000222: Expired.')), 'members.error_description: other'],
    ['longer number', answer(other('AADSTS70002150: Wrong.')), 'members.error_description: other'],
    [
      'separator',
      answer({ error_description: BODY.error_description.replace(' Trace', '\r\nTrace') }),
      'members.error_description: other',
    ],
    [
      'value in JSON',
      answer({ claims: '{"access_token":{"capolids":{"essential":"true"}}}' }),
      'members.claims.access_token.capolids.essential: other',
    ],
    ['text that is not JSON', answer({ claims: 'none' }), 'members.claims: other'],
  ] as const)('in a %s', ([_what, changed, difference], { expect: expects }) => {
    expects(compare(ERROR, changed)).toContain(difference)
  })

  test('in a header that is missing, or in an answer without members', () => {
    expect(compare(ERROR, { status: 401, members: BODY })).toContain(
      'headers.content-type: missing',
    )
    expect(compare(ERROR, { status: 401, members: [] })).toContain('members: other')
  })
})

describe('a form', () => {
  const differences = (shape: unknown, value: unknown, open = false) =>
    compare(
      { ...ERROR, headers: {}, members: { x: shape } as Description['members'] & {}, open },
      {
        status: 401,
        members: { x: value, ...(open && { more: 1 }) },
      },
    )

  test.for([
    ['seconds', 3599, '3599'],
    ['digits', '3599', 3599],
    ['epoch', 1_700_000_000, 3600],
    ['guid', IDS.trace_id, 'guid'],
    ['jwt', 'a.b.c', 'a.b'],
    ['thumbprint', 'a'.repeat(27), 'a'.repeat(43)],
    ['url /token', 'https://example.com/token', 'https://example.com/tokens'],
    ['nullable', null, 1],
    [
      'AADB2C90085',
      `AADB2C90085: No.\r\nCorrelation ID: ${IDS.trace_id}\r\nTimestamp: ${IDS.timestamp}\r\n`,
      'AADB2C90085: No.',
    ],
    ['MSIS9714', 'MSIS9714: Wait.', 'MSIS97140: Wait.'],
    [
      ['=a', '=b'],
      ['b', 'a'],
      ['a', 'c'],
    ],
    [
      ['=a', '=b'],
      ['a', 'b'],
      ['a', 'b', 'b'],
    ],
  ] as const)('%s has its values and no others', ([shape, right, wrong]) => {
    expect(differences(shape, right)).toEqual([])
    expect(differences(shape, wrong)).toEqual(['members.x: other'])
  })

  test('of a part of an answer allows more members, but not other values', () => {
    expect(differences('seconds', 1, true)).toEqual([])
    expect(differences('seconds', 'x', true)).toEqual(['members.x: other'])
    expect(() => differences('second', 1)).toThrow('The format is unknown: "second".')
  })
})

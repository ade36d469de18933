import { describe, expect, test } from 'vitest'
import { Output } from '../src/output/output.js'

function collect() {
  const lines: string[] = []
  const output = new Output({
    out: (line) => lines.push(`out ${line}`),
    error: (line) => lines.push(`error ${line}`),
  })
  return { output, lines }
}

describe('a secret', () => {
  test('is replaced in every line, also in a URL and in JSON', () => {
    const { output, lines } = collect()
    output.hide('p/q "r" secret')
    output.print('a p/q "r" secret b')
    output.printError(`https://x/?s=${encodeURIComponent('p/q "r" secret')}`)
    output.print(JSON.stringify({ secret: 'p/q "r" secret' }))
    expect(lines).toEqual([
      'out a [hidden] b',
      'error https://x/?s=[hidden]',
      'out {"secret":"[hidden]"}',
    ])
  })

  test('is replaced as a whole if it contains another one', () => {
    const { output, lines } = collect()
    output.hide('secret-1')
    output.hide('secret-1-and-more')
    output.print('secret-1-and-more')
    expect(lines).toEqual(['out [hidden]'])
  })

  test('is printed by reveal, for the user who asked for it', () => {
    const { output, lines } = collect()
    output.hide('secret-1')
    output.reveal('secret-1')
    expect(lines).toEqual(['out secret-1'])
  })

  test('that is short is not replaced, because it occurs in words', () => {
    const { output, lines } = collect()
    for (const short of [undefined, '', 'a', 'dev']) output.hide(short)
    output.print('a developer')
    expect(lines).toEqual(['out a developer'])
  })
})

test('control characters of another server do not reach the terminal', () => {
  const { output, lines } = collect()
  output.print('issuer \u001B[1A\u001B[2Kok\r\u009B2J \u202Eko\nnext line\tend')
  expect(lines).toEqual(['out issuer \uFFFD[1A\uFFFD[2Kok\uFFFD\uFFFD2J \uFFFDko\nnext line\tend'])
})

test('a token is replaced although it is not known', () => {
  const { output, lines } = collect()
  output.print('got eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl from the provider')
  expect(lines).toEqual(['out got [hidden] from the provider'])
})

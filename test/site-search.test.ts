// The words of the site's search. `npm run -C maintain site -- --check` types queries into the built site.
import { expect, test } from 'vitest'
import { search } from '../maintain/site/build/search.mjs'

/** VitePress sends the text of a function to the browser, where the other names of the module do not exist. */
// oxlint-disable-next-line typescript/no-implied-eval -- VitePress does the same.
const inBrowser = <T>(value: T): T => new Function(`return ${String(value)}`)() as T

const { options, searchOptions } = search.options.miniSearch
const processTerm = inBrowser(options.processTerm)

/** The words that the index contains for a text. */
const indexed = (text: string) =>
  inBrowser(options.tokenize)(text).flatMap((word) => processTerm(word))

/** The words of the index that a query stands for. */
const asked = (query: string) =>
  inBrowser(searchOptions.tokenize)(query).flatMap((word) => processTerm(word))

test.for([
  ['how do I log out everywhere', 'signout'],
  ['login', 'signin'],
  ['passwordless', 'passkey'],
  ['2fa', 'mfa'],
  ['k8s', 'production'],
  ['authorise', 'guard'],
  ['organisation', 'organization'],
  ['sessions', 'session'],
  ['50011', '50011'],
] as const)('"%s" also searches for "%s"', ([text, word]) => {
  expect(asked(text)).toContain(word)
})

test('words that say nothing about the subject are not searched, unless all words are such words', () => {
  expect(asked('how do I use the cookie')).toEqual(['cookie'])
  expect(asked('how do I')).toEqual(['how', 'do', 'i'])
})

test.for([
  ['Your server signs your users out.', 'signout'],
  ['AADSTS50011', '50011'],
  ['`interaction_required`', 'code:interaction_required'],
  ['`interaction_required`', 'interaction'],
] as const)('%s is indexed as %s', ([text, word]) => {
  expect(indexed(text)).toContain(word)
})

test('guides count more than the reference, and errors count most for their code', () => {
  const weigh = (id: string, word: string) =>
    inBrowser(searchOptions.boostDocument)(id, word, { titles: ['Page'] })
  const guide = weigh('/sign-in#guards', 'login')

  expect(weigh('/reference/index/classes/Auth#login', 'login')).toBeLessThan(guide)
  expect(weigh('/errors/login_required#status', 'login')).toBeLessThan(guide)
  expect(weigh('/errors/login_required#status', 'code:login_required')).toBeGreaterThan(guide)
  expect(weigh('/errors/AADSTS50011#cause', '50011')).toBeGreaterThan(guide)
  expect(weigh('/errors/AADSTS50013#cause', '50011')).toBeLessThan(guide)
})

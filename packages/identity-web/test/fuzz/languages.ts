import assert from 'node:assert/strict'
import { DEFAULT_LANGUAGES } from '../../src/languages/languages-node.ts'
import { negotiateLanguage } from '../../src/web/http/negotiate-language.ts'
import { textTarget, type FuzzTarget } from './target.ts'

const TAGS = DEFAULT_LANGUAGES.map(({ tag }) => tag)
const WORDS = [
  ',',
  ';',
  ';q=',
  ';q=0',
  ';q=0.5',
  ';q=1.000',
  '*',
  '-',
  '--',
  ' ',
  '\t',
  'de',
  'en-',
  'zh-Hans-CN',
  'zh-Hant',
  'x-',
  'i-klingon',
  'fr-u-co-phonebk',
  'de-x-private',
  'a',
  '0',
  'abcdefgh',
  '\u0130',
  'constructor',
]

export const languageTargets: readonly FuzzTarget[] = [
  textTarget({
    name: 'languages/accept-language',
    corpus: 'languages',
    words: WORDS,
    runs: 2000,
    check(header) {
      const chosen = negotiateLanguage(header, TAGS)
      assert.ok(TAGS.includes(chosen), chosen)
      // A weight that the rest of the header cannot exceed, in front of it, decides. Only `;q=0` can reject the language.
      const first = negotiateLanguage(`ja,${header}`, TAGS)
      if (!/;\s*q=0(\.0{0,3})?\s*(,|$)/i.test(header)) assert.equal(first, 'ja')
    },
  }),
]

import { german } from './de.ts'
import { english } from './en.ts'
import { spanish } from './es.ts'
import { french } from './fr.ts'
import { italian } from './it.ts'
import { japanese } from './ja.ts'
import type { Language } from './language.ts'
import { dutch } from './nl.ts'
import { polish } from './pl.ts'
import { portuguese } from './pt.ts'
import { simplifiedChinese } from './zh-Hans.ts'

/** The default languages on Node.js, whose applications need no small bundle. The first one is for all other visitors. */
export const DEFAULT_LANGUAGES: readonly Language[] = [
  english,
  german,
  spanish,
  french,
  italian,
  japanese,
  dutch,
  polish,
  portuguese,
  simplifiedChinese,
]

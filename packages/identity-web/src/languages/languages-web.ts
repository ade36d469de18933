import { english } from './en.ts'
import type { Language } from './language.ts'

/** The default language on all runtimes except Node.js, where a bundle must stay small. */
export const DEFAULT_LANGUAGES: readonly Language[] = [english]

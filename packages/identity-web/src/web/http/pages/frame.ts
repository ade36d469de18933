// Parts of a page: language, logo, own page functions.
import type { PageTexts } from '../../../languages/language.ts'
import type { PageBase } from '../../../options/page-options.ts'

/** The parts of a page that do not depend on its content: the language of the visitor, and the options of the application. */
export interface PageFrame {
  /** The language tag. */
  readonly language: string
  readonly texts: PageTexts
  readonly appName: string | undefined
  readonly logo: FrameLogo | undefined
  /** The CSS of the application's color, or an empty string. */
  readonly colors: string
  readonly supportUrl: string | undefined
}

/** The logo, and the source expression of the content security policy that allows only this image. */
export interface FrameLogo {
  readonly url: string
  readonly source: string
}

/** The headers of a request to a route or a guard. */
export interface RequestHeaders {
  /** Returns a header by its lower-case name. */
  header(name: string): string | undefined
}

/** Returns the frame for the visitor who sent a request. */
export type PageFrames = (request: RequestHeaders) => Promise<PageFrame>

/** Returns the values that pages of the application get. */
export function pageBaseOf({ language, appName }: PageFrame): PageBase {
  return { language, ...(appName !== undefined && { appName }) }
}

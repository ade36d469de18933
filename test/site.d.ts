// The types of the programs in maintain/site/build that tests use. They are plain JavaScript, because they run before a build.
declare module '*/build/markdown.mjs' {
  interface Line {
    readonly text: string
    readonly isCode: boolean
  }
  export function linesOf(markdown: string): Line[]
  export function linksOf(markdown: string): string[]
  export function titleOf(markdown: string): string | undefined
  export function anchorsOf(markdown: string): ReadonlySet<string>
  export function escapeUnknownTags(line: string): string
}
declare module '*/build/tabs.mjs' {
  export function convertTabs(markdown: string): string
  export function convertInstallations(markdown: string): string
}
declare module '*/build/error-pages.mjs' {
  export function errorPages(file: string, markdown: string): ReadonlyMap<string, string>
}
declare module '*/build/sources.mjs' {
  export function pagesOfFiles(): ReadonlyMap<string, string>
  export function read(path: string): string
}
declare module '*/build/sidebar.mjs' {
  interface Item {
    readonly title: string
    readonly target: string
  }
  interface Section {
    readonly title: string
    readonly items: readonly Item[]
    readonly groups: readonly { readonly title: string; readonly items: readonly Item[] }[]
  }
  export function sectionsOf(markdown: string): Section[]
  export function sidebarOf(options: {
    readonly sections: Section[]
    readonly urlOf: (target: string) => string
    readonly files: ReadonlyMap<string, string>
    readonly titleOfFile: (file: string) => string
  }): { readonly text: string }[]
}
declare module '*/build/redirects.mjs' {
  export const redirects: ReadonlyMap<string, string>
  export function writeRedirects(folder: string): void
}
declare module '*/build/check-links.mjs' {
  export function checkLinks(folder: string): string[]
}
declare module '*/build/serve.mjs' {
  export function serve(folder: string): Promise<{ url: string; close(): Promise<void> }>
}
declare module '*/build/search.mjs' {
  type Tokenize = (text: string) => string[]
  interface IndexOptions {
    readonly tokenize: Tokenize
    readonly processTerm: (word: string) => string | string[]
  }
  interface SearchOptions {
    readonly tokenize: Tokenize
    readonly boostDocument: (id: string, word: string, section: { titles: string[] }) => number
  }
  export const search: {
    readonly options: {
      readonly miniSearch: { readonly options: IndexOptions; readonly searchOptions: SearchOptions }
    }
  }
}
declare module '*/face/face.mjs' {
  type Color = string
  export const NAME: string
  export const PALETTE: Readonly<Record<Color, readonly [light: string, dark: string]>>
  export const TEXT_ON: readonly (readonly [text: Color, ground: Color])[]
  export const TYPE_SCALE: readonly number[]
}
declare module '*/build/landing.mjs' {
  export function completeLanding(
    markdown: string,
    read: (file: string) => string,
    urls?: { readonly repository?: string },
  ): string
}
declare module '*/build/gallery.mjs' {
  interface Repository {
    readonly read: (file: string) => string
    readonly exists: (file: string) => boolean
  }
  export function galleryPage(files: Iterable<string>, repository: Repository): string
}
declare module '*/build/project.mjs' {
  interface Urls {
    readonly repository?: string
    readonly npm?: string
  }
  export function stateOf(version: string, urls: Urls): string
  export function projectLinks(urls: Urls): { readonly text: string; readonly link: string }[]
  export function editLink(file: string, urls: Urls): string | undefined
  export function changesOf(folder: string): ReadonlyMap<string, string>
}

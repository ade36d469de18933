// The types of the programs in maintain/site/build that tests use. They are plain JavaScript, because they run before a build.
declare module '*/build/markdown.mjs' {
  interface Line {
    readonly text: string
    readonly isCode: boolean
  }
  export function linesOf(markdown: string): Line[]
  export function linksOf(markdown: string): string[]
  export function anchorsOf(markdown: string): ReadonlySet<string>
  export function escapeUnknownTags(line: string): string
}
declare module '*/build/tabs.mjs' {
  export function convertTabs(markdown: string): string
}
declare module '*/build/pages.mjs' {
  interface Item {
    readonly title: string
    readonly target: string
  }
  interface Section {
    readonly title: string
    readonly items: readonly (Item | { readonly title: string; readonly items: readonly Item[] })[]
  }
  export function pagesOfFiles(): ReadonlyMap<string, string>
  export function sectionsOf(markdown: string): Section[]
}
declare module '*/build/redirects.mjs' {
  export const redirects: ReadonlyMap<string, string>
  export function withAnchors(page: string, markdown: string): string
}

import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitepress'
import { slugOf } from '../build/markdown.mjs'
import { APP_ANCHOR } from '../build/reference.mjs'
import { search } from '../build/search.mjs'
import { searchBox } from '../build/search-box.mjs'
import { GROUPS } from '../build/tabs.mjs'
import { NAME, PALETTE } from '../../../scripts/face/face.mjs'

const { version, state, sidebar, modules, links, origins } = JSON.parse(
  readFileSync(new URL('../.pages/site.json', import.meta.url), 'utf8'),
)

// Before the first paint, so that the page does not move when the framework and the package manager of the reader are known.
const RESTORE_CHOICES = `(() => {
  const { classList, dataset } = document.documentElement
  classList.add('has-script')
  try {
    for (const group of ${JSON.stringify(Object.keys(GROUPS))}) {
      const choice = localStorage.getItem('identity-web-' + group)
      if (choice) dataset[group] = choice
    }
  } catch {}
})()`

/** The list of all modules, and for each module a list of its pages. */
const reference = {
  '/reference/': [
    {
      text: 'API reference',
      items: [
        { text: 'All entry points', link: '/reference/' },
        ...modules.map(({ path, title }) => ({ text: title, link: `/reference/${path}/` })),
      ],
    },
  ],
  ...Object.fromEntries(modules.map((module) => [`/reference/${module.path}/`, pagesOf(module)])),
}

function pagesOf({ path, title, groups }) {
  return [
    {
      text: 'API reference',
      items: [
        { text: 'All entry points', link: '/reference/' },
        { text: title, link: `/reference/${path}/` },
      ],
    },
    ...groups.map(({ kind, text, names }) => ({
      text,
      items: names.map((name) => ({ text: name, link: `/reference/${path}/${kind}/${name}` })),
    })),
  ]
}

/** Words such as `--env-file`, which browsers would break after a hyphen. */
const HYPHENATED = /(?<![^ ])(?=[^ ]*-)[^ ]{2,28}(?![^ ])/g

/** Keeps hyphenated words of inline code on one line. */
function keepWords(md) {
  const render = md.renderer.rules.code_inline
  md.renderer.rules.code_inline = (...args) =>
    render(...args).replace(/(?<=^<code[^>]*>).*(?=<\/code>$)/s, (text) =>
      text.replaceAll(HYPHENATED, '<span class="word">$&</span>'),
    )
}

/** Tells the style how high each block of code will be, because a browser lays it out only when it is visible. */
function countLines(md) {
  const render = md.renderer.rules.fence
  md.renderer.rules.fence = (...args) => {
    const [tokens, index] = args
    const lines = tokens[index].content.trimEnd().split('\n').length
    return render(...args).replace(/^<div /, `<div style="--lines: ${lines}" `)
  }
}

export default defineConfig({
  title: NAME,
  description:
    'Sign-in, sessions, API calls and API protection for TypeScript servers, with Microsoft Entra ID and any OpenID Connect provider.',
  lang: 'en',
  srcDir: '.pages',
  vite: { plugins: [searchBox] },
  cleanUrls: true,
  // The sidebar has a link to each guide, and loading all of them would keep a phone busy.
  router: { prefetchLinks: false },
  // The sidebars are in a file that browsers cache, and not in each page.
  metaChunk: true,
  transformPageData: ({ relativePath, frontmatter }) => ({
    origin: origins[relativePath],
    // The order of these pages is that of the alphabet, so a reader does not go from one to the next.
    ...(/^(?:errors|reference|source)\//.test(relativePath) && {
      frontmatter: { ...frontmatter, prev: false, next: false },
    }),
  }),
  ignoreDeadLinks: 'localhostLinks',
  head: [
    ...['light', 'dark'].map((scheme, index) => [
      'meta',
      {
        name: 'theme-color',
        media: `(prefers-color-scheme: ${scheme})`,
        content: [PALETTE.card[0], PALETTE.page[1]][index],
      },
    ]),
    ['link', { rel: 'icon', type: 'image/svg+xml', href: '/mark.svg' }],
    ['script', {}, RESTORE_CHOICES],
  ],
  markdown: {
    // The page of VitePress has an element with the ID `app`.
    anchor: { slugify: (text) => slugOf(text).replace(/^app$/, APP_ANCHOR) },
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    languageAlias: { jsonc: 'json' },
    config: (md) => {
      keepWords(md)
      countLines(md)
    },
  },
  themeConfig: {
    search,
    outline: [2, 3],
    nav: [
      { text: 'Guides', link: '/guides' },
      { text: 'Options', link: '/options' },
      { text: 'Errors', link: '/errors' },
      { text: 'API', link: '/reference/', activeMatch: '^/reference/' },
      { text: 'Examples', link: '/examples/', activeMatch: '^/examples/' },
      {
        text: `v${version}${state && ` <span class="state">${state}</span>`}`,
        items: [
          { text: 'Changelog', link: '/changelog' },
          { text: 'Versions and support', link: '/versions' },
          ...links,
        ],
      },
    ],
    state,
    // Each page has these links, see PageOrigin.vue.
    links,
    sidebar: { ...reference, '/': sidebar },
  },
})

import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitepress'
import { slugOf } from '../build/markdown.mjs'

const { version, sidebar, modules } = JSON.parse(
  readFileSync(new URL('../.pages/site.json', import.meta.url), 'utf8'),
)

// Before the first paint, so that the page does not move when the choice of the reader is known.
const RESTORE_CHOICES = `(() => {
  const { classList, dataset } = document.documentElement
  classList.add('has-script')
  for (const kind of ['framework', 'tenant']) {
    try {
      const value = localStorage.getItem('identity-web-' + kind)
      if (value) dataset[kind] = value
    } catch {}
  }
})()`

/** The modules of the reference as a list. */
const reference = [
  {
    text: 'API reference',
    items: [
      { text: 'All entry points', link: '/reference/' },
      ...modules.map(({ path, title }) => ({ text: title, link: `/reference/${path}/` })),
    ],
  },
]

export default defineConfig({
  title: 'Identity for TypeScript',
  description:
    'Sign-in, sessions, API calls and API protection for TypeScript servers, with Microsoft Entra ID and any OpenID Connect provider.',
  lang: 'en',
  srcDir: '.pages',
  cleanUrls: true,
  // The sidebar has a link to each guide, and loading all of them would keep a phone busy.
  router: { prefetchLinks: false },
  ignoreDeadLinks: 'localhostLinks',
  head: [
    ['meta', { name: 'theme-color', content: '#0a5bb5' }],
    ['link', { rel: 'icon', href: 'data:,' }],
    ['script', {}, RESTORE_CHOICES],
  ],
  markdown: {
    anchor: { slugify: slugOf },
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    languageAlias: { jsonc: 'json' },
  },
  themeConfig: {
    search: {
      provider: 'local',
      options: {
        // The title of a page counts more than its text, and a guide more than a page of the reference.
        miniSearch: {
          searchOptions: {
            boostDocument: (id) => (id.includes('/reference/') ? 0.4 : 1),
          },
        },
      },
    },
    outline: [2, 3],
    nav: [
      { text: 'Guides', link: '/guides' },
      { text: 'Options', link: '/options' },
      { text: 'Errors', link: '/errors' },
      { text: 'API', link: '/reference/', activeMatch: '^/reference/' },
      {
        text: `v${version}`,
        items: [
          { text: 'Changelog', link: '/changelog' },
          { text: 'Versions and support', link: '/versions' },
        ],
      },
    ],
    sidebar: { '/reference/': reference, '/': sidebar },
  },
})

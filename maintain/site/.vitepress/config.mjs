import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitepress'
import { tabsMarkdownPlugin } from 'vitepress-plugin-tabs'
import { slugOf } from '../build/markdown.mjs'
import { search } from '../build/search.mjs'
import { NAME } from '../../../scripts/face/face.mjs'

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))
const { version } = read('../../../packages/identity-web/package.json')

export default defineConfig({
  title: NAME,
  description:
    'Sign-in, sessions, API calls and API protection for TypeScript servers, with Microsoft Entra ID and any OpenID Connect provider.',
  lang: 'en',
  srcDir: '.pages',
  srcExclude: ['public/**'],
  cleanUrls: true,
  ignoreDeadLinks: 'localhostLinks',
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: '/mark.svg' }]],
  markdown: {
    // Anchors as on GitHub. The page of VitePress has an element with the ID `app`.
    anchor: { slugify: (text) => slugOf(text).replace(/^app$/, 'the-app') },
    languageAlias: { jsonc: 'json' },
    config: (md) => md.use(tabsMarkdownPlugin),
  },
  themeConfig: {
    logo: '/mark.svg',
    search,
    outline: [2, 3],
    nav: [
      { text: 'Guides', link: '/guides' },
      { text: 'Options', link: '/options' },
      { text: 'Errors', link: '/errors' },
      { text: version, link: '/changelog' },
    ],
    sidebar: read('../.pages/sidebar.json'),
  },
})

export default defineNuxtConfig({
  modules: ['identity-web/nuxt'],
  compatibilityDate: '2026-01-01',
  css: ['~/assets/style.css'],
  // `npm run typecheck` also checks the tests.
  typescript: { nodeTsConfig: { include: ['../test/**/*'] } },
  app: {
    head: {
      title: 'my-app',
      htmlAttrs: { lang: 'en' },
      link: [{ rel: 'icon', href: '/favicon.svg' }],
    },
  },
})

export default defineNuxtConfig({
  modules: ['identity-web/nuxt'],
  compatibilityDate: '2026-01-01',
  css: ['~/assets/style.css'],
  app: { head: { title: 'Sign-in with Nuxt', htmlAttrs: { lang: 'en' } } },
})

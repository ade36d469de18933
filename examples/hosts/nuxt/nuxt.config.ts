export default defineNuxtConfig({
  modules: ['identity-web/nuxt'],
  compatibilityDate: '2026-01-01',
  css: ['~/assets/main.css'],
  app: {
    baseURL: process.env.BASE_PATH ?? '/',
    head: { title: 'Sign-in with Nuxt', htmlAttrs: { lang: 'en' } },
  },
})
